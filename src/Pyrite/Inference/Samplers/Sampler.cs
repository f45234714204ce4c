namespace Pyrite;

/// <summary>A way to walk over a potential: <see cref="Start"/> and <see cref="Step"/> over a record that goes in and comes out. It holds settings
/// only, so one object serves all chains.</summary>
/// <remarks>Derive from it for a sampler of your own and give it to <see cref="Mcmc.Run(Action, Sampler?, int, int, int, ulong,
/// IProgress{McmcProgress}?, CancellationToken, int, InitialValues?, ChainFiles?, ProcessGroup?)"/>: runs, diagnostics, files and resuming work as
/// for <see cref="Nuts"/>. All that a chain has learnt stands in <see cref="ChainState.Learnt"/>, as numbers by name, and is saved from there.
/// Override <c>ToString</c> to give the settings: a run that is read from a file and resumed with another text than it was saved with is
/// refused.</remarks>
public abstract class Sampler
{
    /// <summary>Begins a chain.</summary>
    /// <param name="potential">What to sample from; used by this chain alone.</param>
    /// <param name="position">The first point, unconstrained, of finite log-density.</param>
    /// <param name="warmup">How many transitions may adapt the sampler.</param>
    /// <param name="key">The source of all randomness of the chain; see <see cref="ChainState.StartKey"/> and
    /// <see cref="ChainState.NextKey"/>.</param>
    /// <exception cref="ModelException">The log-density is not finite at the start.</exception>
    public abstract ChainState Start(Potential potential, ReadOnlySpan<double> position, int warmup, RandomKey key);

    /// <summary>Makes one transition.</summary>
    /// <param name="potential">What to sample from.</param>
    /// <param name="state">Where the chain is. Its memory serves the result, so that a steady step allocates nothing: go on with what comes out, and
    /// take a <see cref="ChainState.Copy"/> of what is to be kept.</param>
    /// <exception cref="ArgumentException">The chain was begun by another kind of sampler.</exception>
    public abstract ChainState Step(Potential potential, ChainState state);

    /// <summary>Refuses a saved record that is none of this sampler; called before a run goes on from it.</summary>
    /// <param name="potential">What the chain samples from.</param>
    /// <param name="state">The record as it was read. Reading what the sampler needs with <see cref="StateNumbers.Take"/> is enough.</param>
    /// <exception cref="InvalidDataException">Numbers are missing, or not as many as expected.</exception>
    protected internal virtual void Check(Potential potential, ChainState state)
    {
    }
}
