using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>A mixture of Adagrad and RMSProp with Adagrad's falling steps, as Pyro's of that name.</summary>
/// <remarks>Kucukelbir et al., "Automatic differentiation variational inference" (2017), equations 10 and 11: sₜ = t g² + (1 - t) sₜ₋₁ with s₁ = g²,
/// step rate · n^(-½ + delta) · g / (1 + √s).</remarks>
public sealed class AdagradRmsProp : Optimizer
{
    private static readonly string[] Names = ["sum"];

    private readonly double delta;
    private readonly double t;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="delta">Slows the fall of the steps.</param>
    /// <param name="t">Share of the newest squared gradient, in [0, 1).</param>
    public AdagradRmsProp(double learningRate = 1, double delta = 1e-16, double t = 0.1)
        : this(null, learningRate, delta, t)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="AdagradRmsProp(double, double, double)"/>
    public AdagradRmsProp(IEnumerable<Parameter>? parameters, double learningRate = 1, double delta = 1e-16, double t = 0.1)
        : base(learningRate, parameters)
    {
        OptimizerArguments.NotNegative(delta);
        OptimizerArguments.Decay(t);
        this.delta = delta;
        this.t = t;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate * Math.Pow(update.State.Step, -0.5 + delta), t, update.State.Step == 1));
        }
        pass.Run();
    }

    private readonly record struct Rule(double StepSize, double Fresh, bool IsFirst) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V g = lanes.Gradient;
            lanes.First = IsFirst ? g * g : (lanes.First * V.OfReal(1 - Fresh)) + (V.OfReal(Fresh) * (g * g));
            lanes.Parameter -= V.OfReal(StepSize) * (g / (V.OfReal(1) + V.Sqrt(lanes.First)));
        }
    }
}
