/** Types for the tests that are TypeScript; what it does is said in wordpress.mjs. */
export interface SiteOptions {
	port?: number;
	database?: 'mariadb' | 'sqlite';
	plugin?: string;
	link?: boolean;
	activate?: boolean;
	constants?: Record< string, string | number | boolean >;
	say?: ( line: string ) => void;
}

export interface Site {
	url: string;
	host: string;
	dir: string;
	/** WordPress's. */
	version: string;
	admin: { user: string; password: string };
	wooCommerce: 'real' | 'stand-in' | null;
	/** Path of debug.log. */
	log: string;
	/** Activates a plugin as a click does: 'pearlbridge/pearlbridge.php'. */
	activate( plugin: string ): void;
	/** Runs PHP inside WordPress as its administrator; what it printed. */
	evaluate( code: string ): string;
	debugLog(): string;
	stop(): Promise< void >;
}

export function makeSite( options?: SiteOptions ): Promise< Site >;

/** One sentence when no site can be made here, else null. */
export function whyNoSite(): string | null;
