// The words by which titles are read, in one place so that anybody can judge them. Ours; what they
// get right and wrong on titles that were labelled by hand stands in docs/method/diagnosis.md.
//
// The reasoning: somebody who brings a need says what does not work, what takes too long, what they
// want to reach, or asks. Somebody who brings an order tells IT what to do to which thing. A title
// that does both ("Install a new printer because the old one is slow") tells the need, so needs
// win.
#include "rooms/partnership/engine/titles.h"

namespace tiebeam::partnership {
namespace {

// What does not work, what is missed, what it is for.
constexpr std::string_view kNeed[] = {
    // English
    "cannot", "can not", "can t", "cant", "could not", "unable", "not able", "not working",
    "not work", "doesn t", "does not", "don t", "do not", "didn t", "did not", "won t", "will not",
    "isn t", "is not", "not responding", "not possible", "not found", "no longer", "stopped",
    "fails", "failed", "failing", "failure*", "error*", "slow", "slowly", "slowness", "broken",
    "crash*", "freez*", "frozen", "hangs", "hanging", "stuck", "down", "outage", "offline",
    "problem*", "issue*", "trouble", "missing", "lost", "wrong", "incorrect", "corrupt*", "denied",
    "rejected", "timeout", "timed out", "disconnect*", "unavailable", "too long", "takes", "keeps",
    "help", "question*", "bug", "defect*", "complain*", "confus*", "difficult*", "hard to",
    "so that", "in order to", "because", "waste*", "overcharged", "late", "delay*", "noisy", "not",
    "forgot*", "unresponsive", "unreadable", "blank screen", "no sound", "no signal",
    "no connection", "no internet", "no network", "no access",
    // German
    "kann nicht", "konnen nicht", "kann man nicht", "geht nicht", "gehen nicht", "nicht moglich",
    "funktioniert nicht", "funktionieren nicht", "funktioniert", "startet nicht", "offnet nicht",
    "nicht mehr", "nicht erreichbar", "nicht", "kein", "keine", "keinen", "fehler*",
    "fehlermeldung*", "fehlt", "fehlen", "fehlend*", "langsam*", "defekt*", "kaputt*", "storung*",
    "problem*", "absturz*", "sturzt", "hangt", "friert", "warum", "verloren", "falsch*", "gesperrt",
    "ausfall", "ausgefallen", "dauert", "zu lange", "hilfe", "frage", "fragen", "damit",
    "vergessen", "unklar",
    // French
    "ne fonctionne pas", "ne marche pas", "ne s ouvre pas", "ne repond pas", "ne peut pas",
    "ne peux pas", "ne demarre pas", "pas", "plus de connexion", "impossible", "erreur*", "lent",
    "lente", "lents", "lentes", "lenteur*", "panne*", "probleme*", "souci*", "bloque", "bloquee",
    "plante", "manque", "manquant*", "perdu*", "perte", "coupure*", "dysfonctionnement*", "aide",
    "afin de", "pour que", "casse", "cassee", "oublie*", "trop long*"};

constexpr std::string_view kQuestion[] = {"how",      "why",       "what",       "when",
                                          "where",    "who",       "which",      "is it possible",
                                          "is there", "are there", "does",       "do we",
                                          "is the",   "wie",       "was",        "wann",
                                          "wo",       "wer",       "welche*",    "ist es",
                                          "gibt es",  "comment",   "pourquoi",   "quand",
                                          "ou est",   "quel*",     "est ce que", "y a t il"};

constexpr std::string_view kFiller[] = {"please",
                                        "pls",
                                        "kindly",
                                        "hi",
                                        "hello",
                                        "urgent",
                                        "asap",
                                        "can you",
                                        "could you",
                                        "would you",
                                        "can we",
                                        "could we",
                                        "can i",
                                        "to",
                                        "the",
                                        "it",
                                        "support",
                                        "task",
                                        "user request",
                                        "service request",
                                        "change request",
                                        "bitte",
                                        "dringend",
                                        "hallo",
                                        "konnen sie",
                                        "konnten sie",
                                        "kann man",
                                        "merci de",
                                        "merci d",
                                        "svp",
                                        "s il vous plait",
                                        "bonjour",
                                        "pouvez vous",
                                        "pourriez vous",
                                        "veuillez",
                                        "de",
                                        "d",
                                        "l",
                                        "la",
                                        "le"};

// Fillers that say "I want": what follows is an order when it names a thing.
constexpr std::string_view kAsking[] = {
    "request for",    "request to",    "request",        "requesting",   "requires",
    "require",        "i need",        "we need",        "user needs",   "need",
    "needs",          "i want",        "we want",        "want",         "i would like",
    "we would like",  "would like",    "ich brauche",    "wir brauchen", "brauche",
    "brauchen",       "benotige",      "benotigen",      "ich benotige", "wir benotigen",
    "bitte um",       "antrag auf",    "anfrage",        "ich mochte",   "wir mochten",
    "j ai besoin de", "j ai besoin d", "besoin de",      "besoin d",     "demande de",
    "demande d",      "je voudrais",   "nous voudrions", "je souhaite"};

constexpr std::string_view kThing[] = {
    "a",   "an",    "another",  "additional", "extra", "more",  "second",   "new",          "one",
    "two", "three", "ein",      "eine",       "einen", "neue*", "weitere*", "zusatzliche*", "un",
    "une", "des",   "nouveau*", "nouvel*",    "autre"};

// What IT is told to do. Verbs that only look, such as "check" or "review", are left out.
constexpr std::string_view kOrder[] = {
    // English
    "install", "reinstall", "uninstall", "set up", "setup", "create", "add", "order", "buy",
    "purchase", "procure", "grant", "give", "provide", "provision", "enable", "disable", "activate",
    "deactivate", "upgrade", "update", "configure", "reconfigure", "migrate", "move", "relocate",
    "replace", "remove", "delete", "change", "modify", "extend", "expand", "increase", "decrease",
    "reset", "assign", "reassign", "deploy", "redeploy", "build", "implement", "develop",
    "integrate", "connect", "unlock", "renew", "publish", "copy", "clone", "import", "export",
    "rename", "allow", "whitelist", "open port", "open firewall", "open the firewall", "register",
    "schedule", "allocate", "transfer", "share", "map", "make", "switch", "send", "license", "new",
    "access", "additional", "second", "extra", "another",
    // German: an imperative, or the adjective that begins a thing
    "installiere*", "erstelle", "lege", "richte", "bestelle", "neue", "neuer", "neues", "neuen",
    "zusatzliche*", "weitere*", "zweiter*",
    // French: infinitives come first
    "installer", "installez", "creer", "creez", "ajouter", "ajoutez", "commander", "acheter",
    "donner", "fournir", "activer", "desactiver", "configurer", "parametrer", "remplacer",
    "changer", "deployer", "migrer", "renouveler", "reinitialiser", "debloquer", "deverrouiller",
    "mettre a jour", "mettre en place", "ouvrir", "modifier", "supprimer", "deplacer", "connecter",
    "raccorder", "autoriser", "attribuer", "nouveau*", "nouvel*", "nouvelle*", "acces"};

// The same order as a noun, wherever it stands; German puts its verb last.
constexpr std::string_view kNamed[] = {
    // English
    "installation*", "upgrade*", "purchase*", "procurement", "access to", "access for",
    "access request", "access rights", "license*", "licence*", "permission*", "password reset",
    "reset password", "account creation", "creation of", "setup", "set up", "migration of",
    "migration to", "deployment of", "configuration of", "replacement", "renewal", "activation",
    "provisioning", "subscription*",
    // German
    "installieren", "einrichten", "einzurichten", "anlegen", "anzulegen", "erstellen", "bestellen",
    "kaufen", "beschaffen", "freischalten", "freigeben", "aktivieren", "deaktivieren", "hinzufugen",
    "austauschen", "ersetzen", "zurucksetzen", "aktualisieren", "loschen", "verlangern", "umziehen",
    "anschliessen", "entsperren", "erweitern", "umstellen", "konfigurieren", "bereitstellen",
    "andern", "einbauen", "umbenennen", "verschieben", "einrichtung*", "neuanlage", "anlage von",
    "bestellung*", "beschaffung*", "freischaltung*", "freigabe*", "zugriff auf", "zugriff fur",
    "zugang zu", "zugang fur", "berechtigung*", "lizenz*", "austausch", "umzug", "erweiterung*",
    "passwort reset", "bereitstellung*", "aktivierung*", "kauf von", "umstellung*",
    // French
    "installation*", "creation*", "ajout", "commande de", "commande d", "achat*", "acces a",
    "acces au", "acces aux", "droits d acces", "licence*", "mise a jour", "mise en place",
    "remplacement", "renouvellement", "reinitialisation", "ouverture de", "ouverture d",
    "activation*", "parametrage*", "deploiement"};

}  // namespace

const TitleWords& title_lists() {
  static const TitleWords lists{kNeed, kQuestion, kFiller, kAsking, kThing, kOrder, kNamed};
  return lists;
}

}  // namespace tiebeam::partnership
