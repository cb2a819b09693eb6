/** Migrations are imported as text (esbuild's and Jest's text loader). */
declare module '*.sql' {
	const sql: string;
	export default sql;
}
