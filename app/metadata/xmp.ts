import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom';

/** Larger packets are not read: tone curves and histories, never words, make them so large. */
export const maxXmpLength = 512 * 1024;
/** Real packets declare a few dozen; the parser's work grows with their square when they are nested. */
const maxNamespaceDeclarations = 500;
const maxValues = 2000;

const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const xml = 'http://www.w3.org/XML/1998/namespace';

/** The namespaces that are read, by the prefix that is used here; the file may use any other. */
const prefixes = new Map([
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://ns.adobe.com/xap/1.0/', 'xmp'],
  ['http://ns.adobe.com/photoshop/1.0/', 'photoshop'],
  ['http://ns.adobe.com/exif/1.0/', 'exif'],
  ['http://ns.adobe.com/exif/1.0/aux/', 'aux'],
  ['http://cipa.jp/exif/1.0/', 'exifEX'],
  ['http://ns.adobe.com/tiff/1.0/', 'tiff'],
  ['http://ns.adobe.com/lightroom/1.0/', 'lr'],
  ['http://www.digikam.org/ns/1.0/', 'digiKam'],
  ['http://ns.microsoft.com/photo/1.0/', 'MicrosoftPhoto'],
  ['http://ns.microsoft.com/photo/1.0', 'MicrosoftPhoto'],
  ['http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/', 'Iptc4xmpCore'],
]);

/** Properties by name, such as `dc:subject`, each with its values in order; of a text in several languages the default first. */
export type XmpProperties = ReadonlyMap<string, readonly string[]>;

/** Reads the simple properties and lists of a packet. Throws when it is no XMP or too much; the caller says so. */
export function readXmp(bytes: Uint8Array): XmpProperties {
  if (bytes.length > maxXmpLength) throw new RangeError(`XMP packet of ${String(bytes.length)} bytes`);
  const source = cutToPacket(decode(bytes));
  const declarations = source.split('xmlns').length - 1;
  if (declarations > maxNamespaceDeclarations) throw new RangeError(`${String(declarations)} XMP namespaces`);
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(source, 'application/xml');
  const properties = new Map<string, string[]>();
  for (const description of document.getElementsByTagNameNS(rdf, 'Description')) {
    // Descriptions inside properties are structures: nothing that is read here.
    if (description.parentNode?.localName !== 'RDF') continue;
    for (const attribute of description.attributes) {
      addValues(properties, attribute.namespaceURI, attribute.localName, [attribute.value]);
    }
    for (const property of elementsOf(description)) {
      addValues(properties, property.namespaceURI, property.localName, valuesOf(property));
    }
  }
  return properties;
}

function addValues(
  properties: Map<string, string[]>,
  namespace: string | null,
  name: string | null,
  values: string[],
): void {
  const prefix = prefixes.get(namespace ?? '');
  if (prefix === undefined || name === null || values.length === 0) return;
  const key = `${prefix}:${name}`;
  if (!properties.has(key)) properties.set(key, values);
}

/** The items of a list, or the text of a simple property; a structure has neither. */
function valuesOf(property: Element): string[] {
  const [container] = elementsOf(property);
  if (container === undefined) return [property.textContent ?? ''];
  if (container.namespaceURI !== rdf || !['Bag', 'Seq', 'Alt'].includes(container.localName ?? '')) return [];
  const items = elementsOf(container).filter((item) => item.localName === 'li');
  const inDefault = items.filter((item) => item.getAttributeNS(xml, 'lang') === 'x-default');
  const others = items.filter((item) => !inDefault.includes(item));
  return [...inDefault, ...others].flatMap((item) =>
    elementsOf(item).length === 0 ? [item.textContent ?? ''] : [],
  );
}

function elementsOf(parent: Element): Element[] {
  const elements: Element[] = [];
  for (let node = parent.firstChild; node !== null && elements.length < maxValues; node = node.nextSibling) {
    if (isElement(node)) elements.push(node);
  }
  return elements;
}

function isElement(node: { nodeType: number }): node is Element {
  return node.nodeType === 1;
}

/** XMP is UTF-8; a few old programs wrote Latin-1. */
function decode(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  return text.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(bytes) : text;
}

/** Without the packet's wrapper and padding, and what containers leave around it. */
function cutToPacket(text: string): string {
  for (const name of ['x:xmpmeta', 'x:xapmeta', 'rdf:RDF']) {
    const start = text.indexOf(`<${name}`);
    const end = text.lastIndexOf(`</${name}>`);
    if (start !== -1 && end > start) return text.slice(start, end + name.length + 3);
  }
  return text;
}
