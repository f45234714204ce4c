using Pyrite.Inference.Samplers;


namespace Pyrite;

/// <summary>A way to walk over a potential; settings only, so one object serves all chains.</summary>
public abstract class Sampler
{
    private protected Sampler()
    {
    }

    /// <summary>Begins a chain.</summary>
    /// <param name="potential">What to sample from; used by this chain alone.</param>
    /// <param name="start">The first point, of finite log-density.</param>
    /// <param name="warmup">How many transitions may adapt the sampler.</param>
    /// <param name="key">The source of randomness.</param>
    /// <exception cref="ModelException">The log-density is not finite at the start.</exception>
    public abstract ChainState Initialize(Potential potential, ReadOnlySpan<double> start, int warmup, RandomKey key);

    /// <summary>Makes one transition.</summary>
    /// <param name="state">Where the chain is; moved on in place, and returned.</param>
    /// <param name="key">The source of randomness of this transition.</param>
    public abstract ChainState Step(ChainState state, RandomKey key);

    /// <summary>Writes down what the sampler has learnt in a chain.</summary>
    internal virtual void Export(ChainState state, IDictionary<string, double[]> numbers)
    {
    }

    /// <summary>Gives a chain back what the sampler had learnt.</summary>
    /// <exception cref="InvalidDataException">The numbers are not those of such a chain.</exception>
    internal virtual void Restore(ChainState state, ChainSnapshot saved)
    {
    }
}
