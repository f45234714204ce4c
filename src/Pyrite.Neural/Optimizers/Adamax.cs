using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam with the largest recent gradient in place of the mean square.</summary>
/// <remarks>Kingma and Ba (2015), section 7.1; rounded as PyTorch's Adamax.</remarks>
public sealed class Adamax : Optimizer
{
    private static readonly string[] Names = ["exp_avg", "exp_inf"];

    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="beta1">Decay of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">Keeps the divisor from vanishing.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    public Adamax(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this(null, learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="Adamax(double, double, double, double, double)"/>
    public Adamax(
        IEnumerable<Parameter>? parameters, double learningRate = 2e-3, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(beta1);
        OptimizerArguments.Decay(beta2);
        OptimizerArguments.NotNegative(epsilon);
        OptimizerArguments.NotNegative(weightDecay);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, new Rule(Rate / (1 - Math.Pow(beta1, update.State.Step)), beta1, beta2, epsilon, weightDecay));
        }
        pass.Run();
    }

    private readonly record struct Rule(double StepSize, double Beta1, double Beta2, double Epsilon, double WeightDecay) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            lanes.First += V.OfReal(1 - Beta1) * (g - lanes.First);
            lanes.Second = V.Larger(lanes.Second * V.OfReal(Beta2), V.Abs(g) + V.OfReal(Epsilon));
            lanes.Parameter -= V.OfReal(StepSize) * (lanes.First / lanes.Second);
        }
    }
}
