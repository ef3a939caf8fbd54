/** Fits 80 columns. */
export const help = `Makes print files and checks files for print, on this machine alone.

Use: npx printcloud preflight FILE… [--json]
     npx printcloud preflight FILE… --sku SKU [--json] [--report out.html]
     npx printcloud make FILE… --sku SKU [-o out/] [--json]
     npx printcloud products [--json]

One PDF is the block of a book; one picture a poster or canvas; several pictures
are the pages of a photo book, in the order of the command line.

  --sku SKU            what to make; "npx printcloud products" lists them;
                       preflight without it: what could be made of the files
  --cover FILE         your own cover; without it one is made
  --title TEXT         on a cover that is made, and in the PDF
  --option NAME=VALUE  such as wrap=black; may be given several times
  --design FILE        page layout as JSON (templates, captions, turning, focus, crop)
  --pages N            stop unless the content has exactly N pages
  --strict             exit code 1 when there are warnings
  --json               the result as JSON on stdout
  --report FILE        preflight: the findings beside pictures of their pages
  -o, --out FOLDER     make: where the results go (default: out)

"make" writes print files, page pictures, overlays of trim, bleed and safe area,
preflight-report.json, report.html and receipt.json.

Exit codes: 0 fine or mended, 1 warnings (with --strict), 2 rejected,
64 wrong command line, 66 a file cannot be read, 70 a fault of ours,
73 the result cannot be written.
`
