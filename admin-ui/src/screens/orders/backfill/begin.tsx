/** Begins a backfill: the days first, then how many orders that is, then the word to go. */
import { useId, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Backfill } from '../../../../../src/contracts/answers.ts';
import { useCommand } from '../../../api/client.tsx';
import {
	CommandButton,
	Confirm,
	ErrorNotice,
	Note,
	Panel,
	announce,
	formatNumber,
	notify,
} from '../../../components/index.ts';
import { daysFault, daysText, foundText } from './progress.ts';

interface Looked {
	readonly from: string;
	readonly to: string;
	readonly total: number;
	readonly there: number | null;
}

export function BeginPanel( {
	connection,
	onBegun,
}: {
	readonly connection: string;
	readonly onBegun: ( backfill: Backfill ) => void;
} ) {
	const id = useId();
	const [ from, setFrom ] = useState( '' );
	const [ to, setTo ] = useState( '' );
	const [ tried, setTried ] = useState( false );
	const [ looked, setLooked ] = useState< Looked | null >( null );
	const [ asking, setAsking ] = useState( false );
	const look = useCommand( 'ordersBackfill' );
	const begin = useCommand( 'ordersBackfill' );
	const fault = daysFault( from, to );
	const preview = async (): Promise< void > => {
		setTried( true );
		setLooked( null );
		begin.reset();
		if ( fault !== null ) {
			document
				.getElementById( `${ id }-${ from === '' ? 'from' : 'to' }` )
				?.focus();
			announce( fault, 'assertive' );
			return;
		}
		const answer = await look.run( { connection, from, to, dryRun: true } );
		if ( answer.ok ) {
			const { total, there } = answer.value;
			setLooked( { from, to, total, there } );
			announce( foundText( { total, there } ) );
		}
	};
	const run = async ( { total }: Looked ): Promise< void > => {
		const answer = await begin.run( { connection, from, to } );
		if ( answer.ok ) {
			setAsking( false );
			setLooked( null );
			setTried( false );
			notify(
				sprintf(
					/* translators: %s: number of orders */
					_n(
						'The backfill of %s order has begun.',
						'The backfill of %s orders has begun.',
						total,
						'pearlbridge'
					),
					formatNumber( total )
				)
			);
			onBegun( answer.value );
		}
	};
	const change =
		( put: ( day: string ) => void ) =>
		( { currentTarget }: { currentTarget: HTMLInputElement } ): void => {
			// What was found belongs to other days.
			setLooked( null );
			put( currentTarget.value );
		};
	const told = tried && fault !== null;
	return (
		<Panel title={ __( 'Bring over earlier orders', 'pearlbridge' ) }>
			<form
				className="pb-backfill-form"
				noValidate
				onSubmit={ ( event ) => {
					event.preventDefault();
					void preview();
				} }
			>
				<p>
					{ __(
						'Orders placed before go-live are taken to be in Brightpearl already. Here they are pushed all the same, day by day as the shop’s calendar has them, and after all newer orders. One that is in Brightpearl already is not made again.',
						'pearlbridge'
					) }
				</p>
				<div className="pb-orders__filters">
					{ (
						[
							[
								'from',
								__( 'First day', 'pearlbridge' ),
								from,
								setFrom,
							],
							[
								'to',
								__( 'Last day', 'pearlbridge' ),
								to,
								setTo,
							],
						] as const
					 ).map( ( [ name, label, value, put ] ) => (
						<div key={ name } className="pb-ask">
							<label htmlFor={ `${ id }-${ name }` }>
								{ label }
							</label>
							<input
								id={ `${ id }-${ name }` }
								type="date"
								value={ value }
								aria-invalid={ told }
								aria-describedby={
									told ? `${ id }-fault` : undefined
								}
								onChange={ change( put ) }
							/>
						</div>
					) ) }
					<CommandButton
						type="submit"
						variant={ looked === null ? 'primary' : 'secondary' }
						busy={ look.busy }
					>
						{ __( 'Count the orders', 'pearlbridge' ) }
					</CommandButton>
				</div>
				{ told && (
					<p id={ `${ id }-fault` } className="pb-fault">
						{ fault }
					</p>
				) }
			</form>
			<ErrorNotice error={ look.error } onDismiss={ look.reset } />
			{ look.busy && (
				<p className="pb-muted">
					{ __(
						'The shop is asked for these days. For many orders this takes a while.',
						'pearlbridge'
					) }
				</p>
			) }
			{ looked !== null && (
				<Note status={ looked.total === 0 ? 'warning' : 'info' }>
					<p>
						<strong>{ foundText( looked ) }</strong>{ ' ' }
						<span className="pb-muted">
							{ daysText( looked.from, looked.to ) }
						</span>
					</p>
					{ looked.total === 0 ? (
						<p>
							{ __(
								'Only orders in a status that pushes count; the settings say which.',
								'pearlbridge'
							) }
						</p>
					) : (
						<CommandButton
							variant="primary"
							onClick={ () => setAsking( true ) }
						>
							{ __( 'Begin…', 'pearlbridge' ) }
						</CommandButton>
					) }
				</Note>
			) }
			{ asking && looked !== null && (
				<Confirm
					title={ sprintf(
						/* translators: %s: number of orders */
						_n(
							'Push %s earlier order?',
							'Push %s earlier orders?',
							looked.total,
							'pearlbridge'
						),
						formatNumber( looked.total )
					) }
					action={ __( 'Begin the backfill', 'pearlbridge' ) }
					busy={ begin.busy }
					error={ begin.error }
					onConfirm={ () => void run( looked ) }
					onClose={ () => {
						begin.reset();
						setAsking( false );
					} }
				>
					<p>
						{ sprintf(
							/* translators: %s: days */
							__(
								'All orders of %s in a status that pushes go to Brightpearl, with their payments and refunds, and their stock is allocated as the settings say.',
								'pearlbridge'
							),
							daysText( looked.from, looked.to )
						) }
					</p>
					<p>
						{ __(
							'You can pause it at any time: orders that are under way then finish. What is in Brightpearl stays there.',
							'pearlbridge'
						) }
					</p>
				</Confirm>
			) }
		</Panel>
	);
}
