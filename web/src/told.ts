// What the program says, as a page says it: a command line at the end of a sentence or in brackets
// is for those who type; here the page itself is the way.

const inBrackets = / ?\([^()]*\btiebeam [^()]*\)/g;
const atTheEnd = /(?:,? (?:then|or))?[:;] tiebeam [^;]*(?=;|$)/g;

/** "Fix the day: tiebeam record meeting add ..." as "Fix the day". */
export const onPage = (text: string): string => text.replace(inBrackets, "").replace(atTheEnd, "").trim();
