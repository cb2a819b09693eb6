/**
 * The webhook resource (platform reference, §6.1): made, read, deleted and simulated; there is no
 * change. The list is the account's, other apps' hooks included.
 */
import { z } from 'zod';
import { idOf, idsOf, route } from './call.ts';
import type { Call, Route } from './call.ts';
import { DOCUMENTED, INVENTED, notFound, problem } from './codes.ts';
import { readFields } from './fields.ts';
import { parseIdSet } from './id-set.ts';
import { answer, refuse, silent } from './reply.ts';
import type { Reply } from './reply.ts';
import { isSubscribable } from './webhook-events.ts';
import type { Webhook } from './webhook-model.ts';
import { fill } from './webhook-template.ts';

const bodySchema = z
	.strictObject( {
		subscribeTo: z.string().min( 1 ),
		httpMethod: z.enum( [ 'GET', 'POST', 'PUT', 'DELETE' ] ),
		uriTemplate: z
			.string()
			.refine(
				( text ) =>
					URL.canParse( text ) &&
					/^https?:$/.test( new URL( text ).protocol ),
				'is no absolute address'
			),
		bodyTemplate: z.string().min( 1 ).optional(),
		contentType: z.string().min( 1 ).optional(),
		idSetAccepted: z.boolean().default( false ),
		qualityOfService: z
			.union( [ z.literal( 0 ), z.literal( 1 ) ] )
			.default( 0 ),
	} )
	.refine(
		( { httpMethod, bodyTemplate, contentType } ) =>
			( httpMethod !== 'POST' && httpMethod !== 'PUT' ) ||
			( bodyTemplate !== undefined && contentType !== undefined ),
		'POST and PUT need bodyTemplate and contentType'
	);

const describe = ( hook: Webhook ) => ( {
	id: hook.id,
	subscribeTo: hook.subscribeTo,
	httpMethod: hook.httpMethod,
	uriTemplate: hook.uriTemplate,
	...( hook.bodyTemplate === null
		? {}
		: { bodyTemplate: hook.bodyTemplate } ),
	...( hook.contentType === null ? {} : { contentType: hook.contentType } ),
	idSetAccepted: hook.idSetAccepted,
	qualityOfService: hook.qualityOfService,
} );

function createHook( call: Call ): Reply {
	const read = readFields(
		bodySchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const sent = read.value;
	if ( ! isSubscribable( sent.subscribeTo ) ) {
		return refuse(
			400,
			problem(
				DOCUMENTED.subscription,
				// Their spelling.
				`${ sent.subscribeTo } either does not exist or cannot be subscribed too`
			)
		);
	}
	const { webhooks } = call.account.tables;
	const hasBody = sent.httpMethod === 'POST' || sent.httpMethod === 'PUT';
	const hook: Webhook = {
		...sent,
		id: webhooks.nextId(),
		bodyTemplate: hasBody ? ( sent.bodyTemplate ?? null ) : null,
		contentType: hasBody ? ( sent.contentType ?? null ) : null,
	};
	webhooks.put( hook );
	return answer( hook.id );
}

function readHooks( call: Call ): Reply {
	const ids = idsOf( call );
	if ( ! ids.ok ) {
		return ids.reply;
	}
	const { webhooks } = call.account.tables;
	const found = ( ids.value ?? webhooks.ids() ).flatMap(
		( id ) => webhooks.get( id ) ?? []
	);
	const isEmptyList =
		ids.value === null && call.switches.noWebhooks === 'empty';
	return found.length === 0 && ! isEmptyList
		? refuse(
				404,
				notFound(
					`No webhooks available in ID Set ${ call.params.ids ?? '' }`.trim()
				)
			)
		: answer( found.map( describe ) );
}

const noSuchHook = ( call: Call ): Reply =>
	refuse( 404, notFound( `Cannot find webhook: ${ call.params.id ?? '' }` ) );

function deleteHook( call: Call ): Reply {
	const { webhooks } = call.account.tables;
	const id = idOf( call );
	if ( ! webhooks.has( id ) ) {
		return noSuchHook( call );
	}
	webhooks.remove( id );
	return silent();
}

const simulateSchema = z.strictObject( {
	testData: z.record( z.string(), z.string() ),
} );

const MOST_SIMULATED = 10;

function simulate( call: Call ): Reply {
	const hook = call.account.tables.webhooks.get( idOf( call ) );
	if ( ! hook ) {
		return noSuchHook( call );
	}
	const read = readFields(
		simulateSchema,
		call.body,
		call.switches.unknownFields
	);
	if ( ! read.ok ) {
		return read.reply;
	}
	const { testData } = read.value;
	const ids = parseIdSet(
		testData[ '${resource-id}' ] ?? '',
		MOST_SIMULATED,
		true
	);
	if ( ! ids.ok ) {
		return refuse( 400, ids.problem );
	}
	if ( ! URL.canParse( fill( hook.uriTemplate, testData ) ) ) {
		return refuse(
			400,
			problem( INVENTED.badField, 'The filled template is no address' )
		);
	}
	call.account.emit( {
		type: 'simulation',
		webhookId: hook.id,
		variables: testData,
		ids: ids.ids,
	} );
	return silent();
}

const PATH = '/integration-service/webhook';

export const webhookRoutes: readonly Route[] = [
	route( 'POST', PATH, 'post-webhook', createHook ),
	route( 'GET', `${ PATH }/{ids?}`, 'webhook-get', readHooks ),
	route( 'DELETE', `${ PATH }/{id}`, 'webhook-delete', deleteHook ),
	route(
		'POST',
		`${ PATH }/{id}/simulate`,
		'post-webhook-simulate',
		simulate
	),
];
