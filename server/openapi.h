// The OpenAPI 3.1 document, made of the routes that answer and the records that are described.
#pragma once

#include <string>

#include "application/table.h"
#include "server/router.h"

namespace tiebeam::server {

[[nodiscard]] Json openapi(const Router& router, const Table& table, const std::string& version);

}  // namespace tiebeam::server
