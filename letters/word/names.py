"""The names that WordprocessingML and its package go by (ECMA-376, parts 1 and 2)."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIP_NS = f"{OFFICE}/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CUSTOM_PROPERTIES = f"{OFFICE}/custom-properties"
VARIANT_TYPES = f"{OFFICE}/docPropsVTypes"
W = f"{{{WORD_NS}}}"

XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{WORD_NS}" xmlns:r="{RELATIONSHIP_NS}"'

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
DOCUMENT_RELATIONSHIPS = "word/_rels/document.xml.rels"
NUMBERING = "word/numbering.xml"
FOOTNOTES = "word/footnotes.xml"
ENDNOTES = "word/endnotes.xml"
FOOTNOTE_RELATIONSHIPS = "word/_rels/footnotes.xml.rels"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
PACKAGE_RELS = "_rels/.rels"
CORE = "docProps/core.xml"
CUSTOM = "docProps/custom.xml"

PROPERTY_PARTS = {
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
"""The parts that every letter has beside its frame's, with their content types."""
