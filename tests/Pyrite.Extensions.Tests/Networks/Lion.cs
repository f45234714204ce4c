namespace Pyrite.Extensions.Networks;

/// <summary>An optimizer of one's own: steps of one size along the sign of a momentum (Chen et al., "Symbolic discovery of optimization algorithms",
/// 2023).</summary>
internal sealed class Lion(IEnumerable<Parameter>? parameters = null, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.99)
    : Optimizer(learningRate, parameters)
{
    private readonly UpdatePass<Rule> pass = new();

    protected override IReadOnlyList<string> StateNames => ["momentum"];

    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate, beta1, beta2));
        }
        pass.Run();
    }

    private readonly record struct Rule(double Rate, double Beta1, double Beta2) : IUpdateRule
    {
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V zero = V.OfReal(0);
            V direction = (V.OfReal(Beta1) * lanes.First) + (V.OfReal(1 - Beta1) * lanes.Gradient);
            V sign = V.Select(V.Less(direction, zero), V.OfReal(-1), V.Select(V.Less(zero, direction), V.OfReal(1), zero));
            lanes.Parameter -= V.OfReal(Rate) * sign;
            lanes.First = (V.OfReal(Beta2) * lanes.First) + (V.OfReal(1 - Beta2) * lanes.Gradient);
        }
    }
}
