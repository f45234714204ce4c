namespace Pyrite.Tests;

/// <summary>An optimizer that changes nothing and remembers the gradients of the last update.</summary>
internal sealed class GradientProbe() : Optimizer(1, null)
{
    private readonly Dictionary<Parameter, double[]> gradients = [];

    protected override IReadOnlyList<string> StateNames => [];

    public double[] Of<T>(Svi<T> svi, string name) => gradients[svi.Parameters.Unconstrained(name)];

    /// <summary>As the other, but null for a parameter that had no gradient.</summary>
    public double[]? TryOf<T>(Svi<T> svi, string name) => gradients.GetValueOrDefault(svi.Parameters.Unconstrained(name));

    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ParameterUpdate update in updates)
        {
            gradients[update.Parameter] = update.Gradient.ToArray<double>();
        }
    }
}
