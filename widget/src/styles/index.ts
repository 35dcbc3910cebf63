import answer from "./answer.css";
import base from "./base.css";
import form from "./form.css";
import panel from "./panel.css";
import page from "./print.css";

/** The style sheet of the widget, and the one of the page that is printed. */
export const widgetStyles = base + panel + answer + form;
export const pageStyles = page;
