import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ApiError } from '../../host.ts';
import {
	CommandButton,
	Confirm,
	ErrorNotice,
	Facts,
	HealthBadge,
	Note,
	Panel,
	Time,
	notify,
	useNow,
} from '../../components/index.ts';
import { useStatus } from '../../status.tsx';
import { BrightpearlPanel } from '../connections/brightpearl-panel.tsx';
import type { PairingView } from './api.ts';
import { isOld } from './guide.ts';
import { KeysPanel } from './keys-panel.tsx';
import type { Pairing } from './use-pairing.ts';
import { WebhooksPanel } from './webhooks-panel.tsx';

export function Paired( {
	pairing,
	view,
	field,
	onForgotten,
}: {
	readonly pairing: Pairing;
	readonly view: PairingView;
	readonly field: string | null;
	readonly onForgotten: () => void;
} ) {
	return (
		<div className="pb-stack">
			<div className="pb-columns">
				<ServicePanel
					pairing={ pairing }
					view={ view }
					onForgotten={ onForgotten }
				/>
				<KeysPanel pairing={ pairing } view={ view } />
			</div>
			<WebhooksPanel pairing={ pairing } view={ view } />
			{ view.connection !== null && (
				<BrightpearlPanel name={ view.connection } field={ field } />
			) }
		</div>
	);
}

function ServicePanel( {
	pairing: { run, busy },
	view,
	onForgotten,
}: {
	readonly pairing: Pairing;
	readonly view: PairingView;
	readonly onForgotten: () => void;
} ) {
	const [ error, setError ] = useState< ApiError | null >( null );
	const [ asking, setAsking ] = useState( false );
	const { data } = useStatus();
	const now = useNow();
	const state = data?.connections.find(
		( { name } ) => name === view.connection
	);
	const act = async (
		path: 'pairing/ping' | 'pairing/rotate' | 'pairing/forget',
		done: string
	): Promise< boolean > => {
		setError( null );
		const answer = await run( { path, data: {} } );
		if ( answer.ok ) {
			notify( done );
		} else {
			setError( answer.error );
		}
		return answer.ok;
	};
	return (
		<Panel
			title={ __( 'Service', 'pearlbridge' ) }
			actions={
				state === undefined ? undefined : (
					<HealthBadge health={ state.health } />
				)
			}
		>
			{ ! asking && <ErrorNotice error={ error } /> }
			{ isOld( view.keyCreatedAt, now ) && (
				<Note status="warning">
					{ __(
						'The key is more than a year old. Rotate it: nothing is interrupted.',
						'pearlbridge'
					) }
				</Note>
			) }
			{ state?.why != null && <p className="pb-why">{ state.why }</p> }
			<Facts
				items={ [
					{
						label: __( 'Address', 'pearlbridge' ),
						value: view.sidecarUrl,
					},
					{
						label: __( 'Connection', 'pearlbridge' ),
						value: view.connection,
					},
					{
						label: __( 'Paired', 'pearlbridge' ),
						value: <Time at={ view.since } />,
					},
					{
						label: __( 'Last spoken to', 'pearlbridge' ),
						value: <Time at={ view.lastUsedAt } />,
					},
					{
						label: __( 'Key', 'pearlbridge' ),
						value:
							view.keyId === null ? null : (
								<code>{ view.keyId }</code>
							),
					},
					{
						label: __( 'Key made', 'pearlbridge' ),
						value: view.secretFromConfig ? (
							__( 'in wp-config.php', 'pearlbridge' )
						) : (
							<Time at={ view.keyCreatedAt } />
						),
					},
				] }
			/>
			<div className="pb-actions">
				<CommandButton
					busy={ busy === 'pairing/ping' }
					onClick={ () =>
						void act(
							'pairing/ping',
							__( 'The service answers.', 'pearlbridge' )
						)
					}
				>
					{ __( 'Test', 'pearlbridge' ) }
				</CommandButton>
				<CommandButton
					busy={ busy === 'pairing/rotate' }
					disabled={ view.secretFromConfig }
					onClick={ () =>
						void act(
							'pairing/rotate',
							__( 'The key is a new one now.', 'pearlbridge' )
						)
					}
				>
					{ __( 'Rotate the key', 'pearlbridge' ) }
				</CommandButton>
				<CommandButton
					destructive
					onClick={ () => {
						setError( null );
						setAsking( true );
					} }
				>
					{ __( 'Forget…', 'pearlbridge' ) }
				</CommandButton>
			</div>
			{ asking && (
				<Confirm
					title={ __( 'Forget the pairing?', 'pearlbridge' ) }
					action={ __( 'Forget the pairing', 'pearlbridge' ) }
					destructive
					busy={ busy === 'pairing/forget' }
					error={ error }
					onClose={ () => setAsking( false ) }
					onConfirm={ () => {
						void act(
							'pairing/forget',
							__( 'The pairing is forgotten.', 'pearlbridge' )
						).then( ( done ) => {
							if ( done ) {
								setAsking( false );
								onForgotten();
							}
						} );
					} }
				>
					<p>
						{ __(
							'The shop stops telling the service of its orders, its webhooks are removed, and the key Pearlbridge made is revoked. Orders and stock stay as they are.',
							'pearlbridge'
						) }
					</p>
					<p>
						{ __(
							'To pair again you need a new code from the service.',
							'pearlbridge'
						) }
					</p>
				</Confirm>
			) }
		</Panel>
	);
}
