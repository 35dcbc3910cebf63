// The widget's own words. The assistant's answers come from the server and are in English.

export interface Strings {
  readonly open: string;
  readonly title: string;
  readonly subtitle: string;
  readonly close: string;
  readonly options: string;
  readonly copyAll: string;
  readonly print: string;
  readonly restart: string;
  readonly restartAsk: string;
  readonly restartYes: string;
  readonly restartNo: string;
  readonly welcome: string;
  readonly welcomeMore: string;
  readonly starters: string;
  readonly log: string;
  readonly input: string;
  readonly placeholder: string;
  readonly send: string;
  readonly privacy: string;
  readonly left: string;
  readonly you: string;
  readonly assistant: string;
  readonly typing: string;
  readonly sending: string;
  readonly slow: string;
  readonly source: string;
  readonly sources: string;
  readonly oneSource: string;
  readonly published: string;
  readonly noDate: string;
  readonly sourceKind: string;
  readonly interest: string;
  readonly noInterest: string;
  readonly openSource: string;
  readonly newTab: string;
  readonly keepInMind: string;
  readonly notice: string;
  readonly next: string;
  readonly choose: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly emergency: string;
  readonly call: string;
  readonly notSent: string;
  readonly noConnection: string;
  readonly failed: string;
  readonly retry: string;
  readonly edit: string;
  readonly wait: string;
  readonly offline: string;
  readonly urgent: string;
  readonly urgentNumber: string;
  readonly renewed: string;
  readonly unread: string;
  readonly unreadOne: string;
  readonly newest: string;
  readonly popup: string;
  readonly printed: string;
  readonly disclaimer: string;
  readonly restarted: string;
}

export const en: Strings = {
  open: "Ask about exosomes",
  title: "Exosome guide",
  subtitle: "Facts with sources. Not a doctor.",
  close: "Close",
  options: "Options",
  copyAll: "Copy this conversation",
  print: "Print this conversation",
  restart: "Start again",
  restartAsk: "Start again? What is written here will be cleared.",
  restartYes: "Yes, start again",
  restartNo: "No, keep it",
  welcome: "Hello. What would you like to know about exosome treatments?",
  welcomeMore: "I'm an automated assistant. I answer from checked facts and show the source of each one. I can't say what is right for you.",
  starters: "People often ask",
  log: "Conversation",
  input: "Your question",
  placeholder: "Type your question",
  send: "Send",
  privacy: "Please leave out names and private details.",
  left: "{n} characters left",
  you: "You",
  assistant: "Exosome guide",
  typing: "Looking up the facts",
  sending: "Sending",
  slow: "This takes longer than usual. Your question is kept.",
  source: "Source {n}",
  sources: "All {n} sources",
  oneSource: "The source",
  published: "Date",
  noDate: "No date given",
  sourceKind: "Kind",
  interest: "What they may gain",
  noInterest: "Nothing known",
  openSource: "Read the source",
  newTab: "opens in a new tab",
  keepInMind: "Keep in mind",
  notice: "Please note",
  next: "You could also ask",
  choose: "Choose one",
  copy: "Copy answer",
  copied: "Copied",
  notCopied: "Your browser did not allow copying.",
  emergency: "Get help now",
  call: "Call {n}",
  notSent: "Not sent",
  noConnection: "Your message did not reach us. Check your connection. Your words are kept.",
  failed: "Something went wrong on our side. Your words are kept.",
  retry: "Try again",
  edit: "Change it",
  wait: "You can try again in {n} seconds.",
  offline: "You are offline. You can keep writing; your words stay here.",
  urgent: "If it is urgent, call your local emergency number.",
  urgentNumber: "If it is urgent, call {n}.",
  renewed: "The earlier conversation has ended, so this is a new one. I no longer know what came before.",
  unread: "{n} new answers",
  unreadOne: "1 new answer",
  newest: "Go to the newest message",
  popup: "Your browser blocked the page to print. Please allow pop-ups for this site and try again.",
  printed: "Conversation of {n}",
  disclaimer: "This is information from published sources, put together by an automated assistant. It is not medical advice. Show it to your doctor or nurse and ask what it means for you.",
  restarted: "A new conversation has started.",
};
