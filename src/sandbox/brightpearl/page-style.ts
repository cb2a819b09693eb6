/** The look of the sandbox's pages: the browser's own colours, light and dark, from 360 px on. */
export const PAGE_STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;--line:#8886;--soft:#8882;--accent:#0a5ad6;--ink:#fff}
@media (prefers-color-scheme:dark){:root{--accent:#8ab8ff;--ink:#06213f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:1rem;overflow-wrap:anywhere}
.narrow{max-width:34rem;padding-top:10vh}
h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:1.2rem 0 .3rem}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1rem;list-style:none;margin:.5rem 0;padding:0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.3rem .5rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid var(--line);overflow-wrap:normal}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;max-width:100%}
.scroll:focus-visible,button:focus-visible,a:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
button,input,select{font:inherit;padding:.35rem .7rem;border:1px solid var(--line);border-radius:.3rem;max-width:100%}
button{background:var(--accent);color:var(--ink);border-color:transparent;cursor:pointer}
button.plain{background:transparent;color:inherit;border-color:var(--line)}
form.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(16rem,100%),1fr));gap:.7rem 1rem;align-items:end}form.grid input,form.grid select{width:100%}form.grid button{justify-self:start}form{margin:0}form.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.5rem 0}
form.inline{display:inline-block}
label{display:grid;gap:.1rem;font-size:.9rem}label small{font-size:.8rem;overflow-wrap:anywhere}
.actions{display:flex;flex-wrap:wrap;gap:.5rem}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.note{border-left:4px solid var(--accent);background:var(--soft);padding:.6rem .8rem;margin:.8rem 0}
.bad{border-left-color:#c62828}
pre{margin:.3rem 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.1rem 1rem;margin:.5rem 0}dt{font-weight:600}dd{margin:0}
@media (max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}`;
