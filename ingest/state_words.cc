#include "ingest/state_words.h"

#include "ingest/latin.h"

#include <array>
#include <span>
#include <vector>

namespace tiebeam::ingest {
namespace {
using Words = std::span<const std::string_view>;

// Written without accents and in lower case. A word that ends in '.' must be the whole word, others
// are beginnings: "review" finds "reviewing". Source: ours, from the default workflows of Jira,
// ServiceNow, GitHub, GitLab, Azure DevOps, Zendesk, Freshservice, GLPI, OTRS and their
// translations.
constexpr std::array<std::string_view, 32> kCancelled = {
    "cancel",    "reject",        "withdraw",    "abandon",     "declin",      "discard",
    "duplicate", "obsolete",      "invalid",     "void.",       "removed",     "won't",
    "wont.",     "will not",      "not planned", "abgelehnt",   "abgebrochen", "storniert",
    "verworfen", "zuruckgezogen", "annul",       "rejete",      "refuse",      "abandonne",
    "rechaza",   "anula",         "descarta",    "geannuleerd", "afgewezen",   "ingetrokken",
    "vervallen", "doublon"};
// Not begun, or ready and waiting: these win over "started", "done" and "development".
constexpr std::array<std::string_view, 38> kWaitFirst = {
    "not started", "not begun", "nicht begonnen", "non commence",  "no iniciado", "niet gestart",
    "ready",       "to be.",    "to do",          "todo.",         "selected",    "queue",
    "in review",   "review",    "approv",         "pending",       "on deck",     "zu erledigen",
    "bereit",      "prufung",   "freigabe",       "warteschlange", "a faire",     "a valider",
    "a tester",    "pret.",     "revue",          "por hacer",     "pendiente",   "listo para",
    "revision",    "te doen",   "klaar voor",     "awaiting",      "waiting",     "wait.",
    "triage",      "qa."};
constexpr std::array<std::string_view, 9> kWaitOthers = {
    "wartet", "wartend", "warten", "attente", "espera", "wacht", "en espera", "await", "wait"};
// Whoever is waited for stands outside the team: then it is blocked.
constexpr std::array<std::string_view, 28> kOutside = {
    "customer",    "client",    "user",      "requester",   "reporter", "vendor",      "supplier",
    "third party", "3rd party", "external",  "info",        "evidence", "feedback",    "problem",
    "change.",     "kunde",     "lieferant", "ruckmeldung", "anwender", "fournisseur", "demandeur",
    "utilisateur", "cliente",   "proveedor", "usuario",     "klant",    "leverancier", "gebruiker"};
constexpr std::array<std::string_view, 17> kBlocked = {
    "block",    "on hold",  "hold.",    "held.",       "paus",           "suspend",
    "imped",    "stalled",  "stuck",    "angehalten",  "zuruckgestellt", "bloque",
    "en pause", "suspendu", "bloquead", "geblokkeerd", "in de wacht"};
constexpr std::array<std::string_view, 48> kDone = {
    "done",         "closed",        "close.",    "resolved",    "complete",    "finish",
    "released",     "deployed",      "delivered", "shipped",     "merged",      "fixed",
    "solved",       "live.",         "archived",  "implemented", "erledigt",    "fertig",
    "geschlossen",  "abgeschlossen", "gelost",    "beendet",     "behoben",     "umgesetzt",
    "ausgeliefert", "termine",       "ferme",     "clos.",       "cloture",     "resolu",
    "fini.",        "livre",         "acheve",    "hecho",       "cerrad",      "resuelt",
    "terminad",     "finalizad",     "completad", "entregad",    "gereed",      "klaar",
    "gesloten",     "opgelost",      "afgerond",  "voltooid",    "afgehandeld", "opgeleverd"};
constexpr std::array<std::string_view, 42> kActive = {
    "in progress",    "progress",    "active",         "doing",         "working",   "work in",
    "wip.",           "started",     "in development", "develop",       "dev.",      "implement",
    "coding",         "analysis",    "analy",          "investigat",    "design",    "build",
    "testing",        "in test",     "verif",          "processing",    "ongoing",   "in arbeit",
    "in bearbeitung", "bearbeitung", "aktiv",          "laufend",       "umsetzung", "entwicklung",
    "im test",        "en cours",    "actif",          "developpement", "en curso",  "en progreso",
    "activo",         "en proceso",  "in behandeling", "bezig",         "actief",    "onderhanden"};
constexpr std::array<std::string_view, 18> kBacklog = {
    "backlog",  "icebox",   "idea",     "draft",         "funnel",  "parking",
    "someday",  "wishlist", "inbox",    "idee",          "entwurf", "brouillon",
    "borrador", "concept.", "proposed", "vorgeschlagen", "propose", "future"};
constexpr std::array<std::string_view, 38> kWait = {
    "new",      "open",       "reopen",     "created",      "submitted",
    "logged",   "registered", "reported",   "requested",    "planned",
    "schedul",  "assigned",   "unassigned", "acknowledged", "accepted.",
    "triaged",  "next.",      "committed",  "neu",          "offen",
    "angelegt", "erfasst",    "geplant",    "zugewiesen",   "wiedereroffnet",
    "nouveau",  "ouvert",     "cree",       "planifie",     "assigne",
    "nuevo",    "abierto",    "creado",     "asignado",     "nieuw",
    "gepland",  "toegewezen", "received"};
constexpr std::array<std::string_view, 8> kNot = {"not.", "nicht.", "non.",   "pas.",
                                                  "no.",  "niet.",  "never.", "kein"};

struct Rule {
  StateClass meaning;
  Words words;
};

// Lower case, without accents, runs of anything but letters and digits as one blank.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    char c = ' ';
    if ((byte == 0xC3 || byte == 0xC5 || byte == 0xC4) && i + 1 < text.size()) {
      c = plain_letter(((byte & 0x1Fu) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3Fu));
    } else if (byte >= 'A' && byte <= 'Z') {
      c = static_cast<char>(byte - 'A' + 'a');
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '\'') {
      c = static_cast<char>(byte);
    }
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool stands_in(std::string_view text, std::string_view word) {
  const bool is_whole = word.ends_with('.');
  if (is_whole) word.remove_suffix(1);
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || text[at - 1] == ' ';
    if (starts && (!is_whole || end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

std::optional<StateGuess> find_in(std::string_view text, StateClass meaning, Words words) {
  for (std::string_view word : words) {
    if (!stands_in(text, word)) continue;
    if (word.ends_with('.')) word.remove_suffix(1);
    return StateGuess{meaning, std::string(word)};
  }
  return std::nullopt;
}

std::optional<StateGuess> guess_words(std::string_view text) {
  if (auto found = find_in(text, StateClass::cancelled, kCancelled)) return found;
  auto waits = find_in(text, StateClass::wait, kWaitFirst);
  if (!waits) waits = find_in(text, StateClass::wait, kWaitOthers);
  if (waits && (find_in(waits->word, StateClass::wait, kWaitOthers) || waits->word == "pending")) {
    if (auto outside = find_in(text, StateClass::blocked, kOutside))
      return StateGuess{StateClass::blocked, waits->word + " ... " + outside->word};
  }
  if (auto found = find_in(text, StateClass::blocked, kBlocked)) return found;
  if (waits) return waits;
  if (find_in(text, StateClass::wait, kNot)) return std::nullopt;
  for (const Rule& rule : {Rule{StateClass::done, kDone}, Rule{StateClass::active, kActive},
                           Rule{StateClass::backlog, kBacklog}, Rule{StateClass::wait, kWait}})
    if (auto found = find_in(text, rule.meaning, rule.words)) return found;
  return std::nullopt;
}
}  // namespace

std::optional<StateGuess> guess_state(std::string_view state) {
  if (const std::size_t plus = state.rfind('+'); plus != std::string_view::npos)
    if (auto found = guess_words(plain(state.substr(plus + 1)))) return found;
  return guess_words(plain(state));
}

}  // namespace tiebeam::ingest
