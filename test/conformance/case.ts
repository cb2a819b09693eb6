/**
 * What a conformance case is: one documented fact of Brightpearl's API, and the requests that
 * show it. A case knows nothing of our client or of the sandbox's inside: it runs against any
 * base URL, so that somebody with a real account can run the reading ones on the first day.
 */

/** Certainty marks of the references: documented, recorded (V or R), seen in a client, inferred. */
export type Mark = 'D' | 'V' | 'R' | 'C' | 'I';

export interface ApiReply {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly< Record< string, string > >;
	/** Parsed JSON; null = the body was none. */
	readonly json: unknown;
	readonly text: string;
}

export interface ApiCall {
	readonly query?: Readonly< Record< string, string > >;
	readonly body?: unknown;
	readonly headers?: Readonly< Record< string, string > >;
	/** Instead of the run's credentials; `none` sends none at all. */
	readonly as?: 'oauth' | 'private-app' | 'staff-token' | 'none';
}

export interface Api {
	readonly account: string;
	/** Paths are relative to `/public-api/{account}`, such as `/order-service/order/1`. */
	get( path: string, call?: ApiCall ): Promise< ApiReply >;
	post( path: string, body: unknown, call?: ApiCall ): Promise< ApiReply >;
	put( path: string, body: unknown, call?: ApiCall ): Promise< ApiReply >;
	patch( path: string, body: unknown, call?: ApiCall ): Promise< ApiReply >;
	delete( path: string, call?: ApiCall ): Promise< ApiReply >;
	options( path: string, call?: ApiCall ): Promise< ApiReply >;
	/** A request to an address below the base URL itself, such as `/oauth/token/{account}`. */
	raw(
		method: string,
		url: string,
		init?: {
			readonly headers?: Readonly< Record< string, string > >;
			readonly body?: string;
		}
	): Promise< ApiReply >;
	/**
	 * What stands in the account already: the first id a search of the resource answers. Skips the
	 * case where there is none.
	 */
	existing(
		kind: 'order' | 'contact' | 'product' | 'goods-out-note' | 'payment'
	): Promise< number >;
	/** Only where the case `needs` the sandbox: its control API below `/_sandbox/`. */
	sandbox(
		method: 'GET' | 'POST',
		path: string,
		body?: unknown
	): Promise< unknown >;
	/** Ends the case as skipped. */
	skip( why: string ): never;
}

export interface ConformanceCase {
	/** Unique, kebab case, by resource: `sales-order/create-answers-200-and-an-id`. */
	readonly id: string;
	/** The fact in one sentence. */
	readonly fact: string;
	/** Such as `resources §1.2` or `platform §3`. */
	readonly source: string;
	readonly mark: Mark;
	/** `read` leaves the account as it was; `write` makes or changes records. */
	readonly mode: 'read' | 'write';
	/** `sandbox`: switches or faults are set, so it cannot run elsewhere. `oauth`: OAuth credentials. */
	readonly needs?: readonly ( 'sandbox' | 'oauth' )[];
	/** Throws (node:assert) when the fact does not hold. */
	run( api: Api ): Promise< void >;
}
