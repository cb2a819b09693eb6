/** `GET /healthz`: the process answers. `GET /readyz`: it can take work. */
import type { FastifyInstance } from 'fastify';

export function healthRoutes(
	app: FastifyInstance,
	{ ready }: { readonly ready: () => Promise< readonly string[] > }
): void {
	app.get( '/healthz', async () => ( { ok: true } ) );
	app.get( '/readyz', async ( _, reply ) => {
		const why = await ready();
		return why.length === 0
			? { ok: true }
			: reply.code( 503 ).send( { ok: false, why } );
	} );
}
