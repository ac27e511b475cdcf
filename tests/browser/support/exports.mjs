// Ticket exports as different products write them, each with its own words, dates and encoding; the tickets are
// invented and the same each time. Columns: docs/format/tickets.md, what is read of each product.
import zlib from "node:zlib";

const titles = ["Install the label printer", "VPN is slow in the evening", "Give the new colleague access to the finance share", "Order form shows an error", "Why was my order rejected?", "Add a column to the sales report", "Scanner does not start", "Set up the meeting room screen"];
const people = ["Ana", "Bo", "Cy", "Dee"];
const hour = 3_600_000;

/** A generator of numbers in [0, 1) that gives the same ones each time. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
function tickets(count, seed) {
  const next = chance(seed);
  const end = Date.UTC(2026, 9, 30, 16);
  return Array.from({ length: count }, (_, i) => {
    const created = Date.UTC(2026, 3, 1, 8) + i * 9 * hour + next() * 6 * hour;
    const closed = created + (-Math.log(1 - next()) * 50 + 2) * hour;
    const pick = (list) => list[Math.floor(next() * list.length)];
    return { n: i + 1, created: new Date(created), closed: closed < end ? new Date(closed) : null, title: pick(titles), person: pick(people), urgent: next() < 0.3, asked: next() < 0.5 };
  }).filter((one) => one.created.getTime() < end);
}
const two = (n) => String(n).padStart(2, "0");
const iso = (at) => (at === null ? "" : at.toISOString().slice(0, 19).replace("T", " "));
const german = (at) => (at === null ? "" : `${two(at.getUTCDate())}.${two(at.getUTCMonth() + 1)}.${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`);
const french = (at) => german(at).replaceAll(".", "/");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const jiraDay = (at) => (at === null ? "" : `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${String(at.getUTCFullYear()).slice(2)} ${at.getUTCHours() % 12 || 12}:${two(at.getUTCMinutes())} ${at.getUTCHours() < 12 ? "AM" : "PM"}`);
const latin = (text) => Buffer.from(text, "latin1");
const cell = (text, by) => (new RegExp(`["\\n${by === "|" ? "\\|" : by}]`).test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const table = (rows, by, end = "\r\n") => rows.map((row) => row.map((text) => cell(String(text), by)).join(by)).join(end) + end;

function jira(list) {
  const header = ["Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Priority", "Resolution", "Assignee", "Created", "Updated", "Resolved", "Labels", "Labels", "Comment"];
  return Buffer.from(table([header, ...list.map((one) => [one.title, `HELP-${one.n}`, 30_000 + one.n, one.asked ? "Service Request" : "Incident", one.closed ? "Done" : "In Progress", "HELP", one.urgent ? "High" : "Medium", one.closed ? "Done" : "", one.person, jiraDay(one.created), jiraDay(one.closed ?? one.created), jiraDay(one.closed), "office", one.urgent ? "plant" : "", `${jiraDay(one.created)};${one.person};first words, then more`])], ","));
}
function freshservice(list) {
  const header = ["Ticket Id", "Subject", "Status", "Priority", "Source", "Type", "Agent", "Group", "Created Time", "Due by Time", "Resolved Time", "Closed Time", "Last Updated Time"];
  return Buffer.from("\ufeff" + table([header, ...list.map((one) => [one.n, one.title, one.closed ? "Closed" : "Open", one.urgent ? "Urgent" : "Low", "Email", one.asked ? "Service Request" : "Incident", one.person, "Desk", iso(one.created), iso(one.created), iso(one.closed), iso(one.closed), iso(one.closed ?? one.created)])], ",", "\n"));
}
function servicenow(list) {
  const header = ["Number", "Opened", "Short description", "Caller", "Priority", "State", "Category", "Assignment group", "Assigned to", "Resolved", "Closed"];
  return latin(table([header, ...list.map((one) => [`INC00${10_000 + one.n}`, iso(one.created), `${one.title} (Büro)`, "Zoë", one.urgent ? "1 - Critical" : "4 - Low", one.closed ? "Closed" : "In Progress", "Software", "Desk", one.person, iso(one.closed), iso(one.closed)])], ","));
}
function glpi(list) {
  const header = ["ID", "Titre", "Statut", "Dernière modification", "Date d'ouverture", "Priorité", "Demandeur", "Attribué à - Technicien", "Catégorie", "Date de résolution"];
  return latin(table([header, ...list.map((one) => [one.n, `${one.title} (clé)`, one.closed ? "Clos" : "En cours", french(one.closed ?? one.created), french(one.created), one.urgent ? "Haute" : "Basse", "René", one.person, "Poste", french(one.closed)])], ";"));
}
function excelGerman(list) {
  const header = ["Ticketnummer", "Betreff", "Status", "Priorität", "Bearbeiter", "Erstellt am", "Erledigt am"];
  return latin("sep=;\r\n" + table([header, ...list.map((one) => [`A-${one.n}`, `${one.title} für Büro`, one.closed ? "Erledigt" : "In Bearbeitung", one.urgent ? "Hoch" : "Normal", one.person, german(one.created), german(one.closed)])], ";"));
}

/** A workbook as a spreadsheet program saves one: shared strings, dates as days since 1900 with a style. */
function workbook(list) {
  const strings = [];
  const places = new Map();
  const text = (ref, value) => {
    if (!places.has(value)) {
      places.set(value, strings.length);
      strings.push(value);
    }
    return `<c r="${ref}" t="s"><v>${places.get(value)}</v></c>`;
  };
  const day = (ref, at) => (at === null ? "" : `<c r="${ref}" s="1"><v>${(at.getTime() / 86_400_000 + 25_569).toFixed(6)}</v></c>`);
  const rows = [["Ticket", "Title", "Status", "Owner", "Created", "Closed"].map((name, i) => text(`${"ABCDEF"[i]}1`, name)).join("")];
  list.forEach((one, i) => {
    const r = i + 2;
    rows.push(text(`A${r}`, `T-${one.n}`) + text(`B${r}`, one.title) + text(`C${r}`, one.closed ? "Closed" : "Open") + text(`D${r}`, one.person) + day(`E${r}`, one.created) + day(`F${r}`, one.closed));
  });
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const kinds = "http://schemas.openxmlformats.org/package/2006";
  return zip({
    "[Content_Types].xml": `${head}<Types xmlns="${kinds}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    "_rels/.rels": `${head}<Relationships xmlns="${kinds}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Tickets" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${head}<Relationships xmlns="${kinds}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `${head}<worksheet xmlns="${main}"><sheetData>${rows.map((row, i) => `<row r="${i + 1}">${row}</row>`).join("")}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `${head}<sst xmlns="${main}" count="${strings.length}" uniqueCount="${strings.length}">${strings.map((one) => `<si><t>${one}</t></si>`).join("")}</sst>`,
    "xl/styles.xml": `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  });
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
function zip(files) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const raw = Buffer.from(text);
    const packed = zlib.deflateRawSync(raw);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(raw.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, place, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, index, end]);
}

/** Each export with the number of its tickets. */
export const exported = [
  ["jira.csv", jira, 420],
  ["freshservice.csv", freshservice, 380],
  ["servicenow.csv", servicenow, 400],
  ["glpi.csv", glpi, 360],
  ["Tickets Büro.csv", excelGerman, 350],
  ["tickets.xlsx", workbook, 330],
].map(([name, write, count], i) => {
  const list = tickets(count, 11 + i);
  return { name, bytes: write(list), tickets: list.length, closed: list.filter((one) => one.closed !== null).length };
});
