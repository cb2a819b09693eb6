/**
 * `GET /metrics`: Prometheus text for this machine, or for whoever brings the token
 * (`PEARLBRIDGE_METRICS_TOKEN`). What a proxy says of where a request came from is not believed.
 */
import type { FastifyInstance } from 'fastify';
import { isFromHere, tokenCheck } from '../caller.ts';
import { errorAnswer } from '../error-answer.ts';

/** What the address shows. */
export interface MetricsText {
	readonly contentType: string;
	text(): Promise< string >;
}

export function metricsRoute(
	app: FastifyInstance,
	options: {
		readonly metrics: MetricsText;
		/** Null = this machine alone. */
		readonly metricsToken: string | null;
	}
): void {
	const { metrics, metricsToken } = options;
	const isBearer =
		metricsToken === null ? () => false : tokenCheck( metricsToken );
	app.get( '/metrics', async ( request, reply ) => {
		if (
			! isFromHere( request ) &&
			! isBearer( request.headers.authorization )
		) {
			return reply
				.code( 401 )
				.header( 'www-authenticate', 'Bearer' )
				.send(
					errorAnswer(
						'bad-token',
						'From other machines this needs the token of PEARLBRIDGE_METRICS_TOKEN.'
					)
				);
		}
		return reply
			.header( 'content-type', metrics.contentType )
			.send( await metrics.text() );
	} );
}
