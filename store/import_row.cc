#include "store/import_row.h"

namespace tiebeam::store {

ImportRow to_row(const Import& import) {
  ImportRow row;
  row.id = import.id;
  row.name = import.file;
  row.file = import.file;
  row.sha256 = import.sha256;
  row.bytes = import.bytes;
  row.format = import.format;
  row.value_stream = import.value_stream;
  row.state_map = import.state_map;
  row.zone = import.zone;
  row.is_ticket_list = import.is_ticket_list;
  row.rows = import.rows;
  row.repeated = import.repeated;
  row.rejected = import.rejected;
  row.imported_at = import.imported_at;
  row.statements = import.statements;
  row.warnings = import.warnings;
  row.upload = import.upload;
  row.header = import.header;
  row.answers = import.answers;
  return row;
}

Import to_import(const ImportRow& row) {
  Import out;
  out.id = row.id;
  out.file = row.file;
  out.sha256 = row.sha256;
  out.bytes = row.bytes;
  out.format = row.format;
  out.value_stream = row.value_stream;
  out.state_map = row.state_map;
  out.zone = row.zone;
  out.is_ticket_list = row.is_ticket_list;
  out.rows = row.rows;
  out.repeated = row.repeated;
  out.rejected = row.rejected;
  out.imported_at = row.imported_at.value_or(Instant{});
  out.statements = row.statements;
  out.warnings = row.warnings;
  out.upload = row.upload;
  out.header = row.header;
  out.answers = row.answers;
  return out;
}

}  // namespace tiebeam::store
