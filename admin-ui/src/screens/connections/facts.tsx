import { __, sprintf } from '@wordpress/i18n';
import type { ConnectionView } from '../../../../src/contracts/answers.ts';
import { Facts, Time } from '../../components/index.ts';
import { secretLabel } from './labels.ts';

export function StoreFacts( { view }: { readonly view: ConnectionView } ) {
	const { store, webhookUrl } = view;
	return (
		<Facts
			items={ [
				{
					label: __( 'Address', 'pearlbridge' ),
					value: (
						<a href={ store.url } rel="noreferrer" target="_blank">
							{ store.url }
						</a>
					),
				},
				{
					label: __( 'API key', 'pearlbridge' ),
					value:
						store.keyTail === null
							? null
							: sprintf(
									/* translators: %s: last characters of a key */
									__( 'set, ends in %s', 'pearlbridge' ),
									store.keyTail
								),
				},
				{
					label: __( 'Signed in by', 'pearlbridge' ),
					value:
						store.auth === 'basic'
							? __( 'key over https', 'pearlbridge' )
							: __( 'OAuth 1.0a, over http', 'pearlbridge' ),
				},
				{
					label: __( 'Webhooks deliver to', 'pearlbridge' ),
					value: webhookUrl,
				},
			] }
		/>
	);
}

export function BrightpearlFacts( {
	view,
}: {
	readonly view: ConnectionView;
} ) {
	const { brightpearl } = view;
	if ( brightpearl === null ) {
		return (
			<p className="pb-muted">
				{ __(
					'Still to be filled in: which account, and how to sign in.',
					'pearlbridge'
				) }
			</p>
		);
	}
	const { auth } = brightpearl;
	return (
		<Facts
			items={ [
				{
					label: __( 'Account', 'pearlbridge' ),
					value: brightpearl.account,
				},
				{
					label: __( 'API domain', 'pearlbridge' ),
					value: brightpearl.apiDomain,
				},
				{
					label: __( 'Signed in by', 'pearlbridge' ),
					value: authName( auth.type ),
				},
				auth.type === 'oauth'
					? {
							label: __( 'Client id', 'pearlbridge' ),
							value: auth.clientId,
						}
					: {
							label: __( 'App reference', 'pearlbridge' ),
							value: auth.appRef,
						},
				...( auth.type === 'oauth'
					? [
							{
								label: __(
									'Developer reference',
									'pearlbridge'
								),
								value: auth.devRef,
							},
							{
								label: __( 'Access token', 'pearlbridge' ),
								value: auth.tokenType,
							},
							{
								label: __( 'Access ends', 'pearlbridge' ),
								value: <Time at={ auth.expiresAt } />,
							},
						]
					: [] ),
				{
					label: __( 'Instance id', 'pearlbridge' ),
					value: brightpearl.installationInstanceId,
				},
				{
					label: __( 'Secrets that are set', 'pearlbridge' ),
					value: secretNames( view.secrets ),
				},
			] }
		/>
	);
}

/** What they are called in the form; never what they are. */
function secretNames( paths: readonly string[] ): string | null {
	return (
		paths
			.filter( ( path ) => path.startsWith( 'brightpearl.' ) )
			.map( secretLabel )
			.join( ', ' ) || null
	);
}

function authName( type: 'private-app' | 'staff-token' | 'oauth' ): string {
	switch ( type ) {
		case 'private-app':
			return __( 'Private app', 'pearlbridge' );
		case 'staff-token':
			return __( 'Staff token', 'pearlbridge' );
		case 'oauth':
			return __( 'OAuth', 'pearlbridge' );
	}
}
