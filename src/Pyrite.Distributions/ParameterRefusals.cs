using Pyrite.Checks;
using Pyrite.Combinators;

namespace Pyrite;

/// <summary>Refusals of parameters in the run of a model, which wait for the statement that shows whether a mask leaves the bad entries
/// out.</summary>
/// <remarks>Outside of a run a bad parameter is refused when a distribution is made. Who runs statements of its own opens a run, rechecks the
/// distribution of each statement with its mask, and requires at the end that nothing is left.</remarks>
public static class ParameterRefusals
{
    /// <summary>Whether the present run holds any.</summary>
    public static bool Any => DeferredRefusals.Any;

    /// <summary>The error of the first refusal that no statement has taken up; null for none.</summary>
    public static ArgumentException? First => DeferredRefusals.First();

    /// <summary>Begins a run, whose refusals are its own; dispose it to drop what it holds.</summary>
    public static Scope Begin() => new(DeferredRefusals.Begin());

    /// <summary>Fails at the end of a run that holds one.</summary>
    /// <exception cref="ArgumentException">The error of the first.</exception>
    public static void RequireNone() => DeferredRefusals.RequireNone();

    /// <summary>Looks again at the parameters of a distribution, of its parts and transforms, now that it is known which entries count.</summary>
    /// <param name="distribution">What a statement was given.</param>
    /// <param name="mask">Bool, broadcasts with the batch shape; null where everything counts.</param>
    /// <exception cref="ArgumentException">A parameter that was refused has bad entries that count.</exception>
    public static void Recheck(Distribution distribution, Tensor? mask) => MaskedCheck.Recheck(distribution, mask);

    /// <summary>The distribution or transform that refused a parameter or a value; null for other errors.</summary>
    /// <param name="failure">The error.</param>
    public static IParameterOwner? RefuserOf(ArgumentException failure) => Validation.Refuser(failure);

    /// <summary>The stretch of a run.</summary>
    public readonly ref struct Scope : IDisposable
    {
        private readonly DeferredRefusals.Scope inner;

        internal Scope(DeferredRefusals.Scope inner) => this.inner = inner;

        /// <summary>Ends the run and drops what it holds.</summary>
        public void Dispose() => inner.Dispose();
    }
}
