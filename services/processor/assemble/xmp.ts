/**
 * PDF/X wants dates, and the same inputs must give the same bytes: every print file says the same day. When it was really
 * made stands in the receipt.
 */
const constantDate = '2000-01-01T00:00:00Z'
/** The same day as the information dictionary writes it. */
export const constantPdfDate = 'D:20000101000000Z'
export const producer = 'Printcloud'
export const pdfxVersion = 'PDF/X-4'

/** The metadata of a print file (ISO 15930-7, 6.6): what PDF/X-4 asks for, and ids made of its content. */
export function xmpOf(title: string, documentId: string): string {
  const id = `uuid:${documentId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>${pdfxVersion}</pdfxid:GTS_PDFXVersion>
<pdf:Trapped>False</pdf:Trapped>
<pdf:Producer>${producer}</pdf:Producer>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>${constantDate}</xmp:CreateDate>
<xmp:ModifyDate>${constantDate}</xmp:ModifyDate>
<xmp:MetadataDate>${constantDate}</xmp:MetadataDate>
<xmp:CreatorTool>${producer}</xmp:CreatorTool>
<xmpMM:DocumentID>${id}</xmpMM:DocumentID>
<xmpMM:InstanceID>${id}</xmpMM:InstanceID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`
}

/** XML allows no control characters at all, escaped or not. */
const escaped = (text: string): string =>
  [...text]
    .filter((sign) => sign >= ' ' && sign !== '\uFFFE' && sign !== '\uFFFF')
    .join('')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
