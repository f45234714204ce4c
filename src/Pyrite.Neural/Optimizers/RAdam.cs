using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam that waits with scaled steps until the variance of its scale is bounded.</summary>
/// <remarks>Liu et al., "On the variance of the adaptive learning rate and beyond" (2020); rounded as PyTorch's RAdam.</remarks>
public sealed class RAdam : Optimizer
{
    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"];

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
    public RAdam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : this(null, learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="RAdam(double, double, double, double, double)"/>
    public RAdam(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-3, double beta1 = 0.9,
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
            pass.Add(update, RuleOf(update.State.Step));
        }
        pass.Run();
    }

    private Rule RuleOf(long step)
    {
        const double FewestScaled = 5;
        double power = Math.Pow(beta2, step);
        double longest = (2 / (1 - beta2)) - 1;
        double length = longest - (2 * step * power / (1 - power));
        bool isScaled = length > FewestScaled;
        double rectification = isScaled ? Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)) : 1;
        return new Rule(Rate * rectification / (1 - Math.Pow(beta1, step)), Math.Sqrt(1 - power), beta1, beta2, epsilon, weightDecay, isScaled);
    }

    private readonly record struct Rule(double StepSize, double Correction, double Beta1, double Beta2, double Epsilon, double WeightDecay,
        bool IsScaled) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            lanes.First += V.OfReal(1 - Beta1) * (g - lanes.First);
            lanes.Second = (lanes.Second * V.OfReal(Beta2)) + (V.OfReal(1 - Beta2) * (g * g));
            V scale = IsScaled ? V.OfReal(Correction) / (V.Sqrt(lanes.Second) + V.OfReal(Epsilon)) : V.OfReal(1);
            lanes.Parameter -= V.OfReal(StepSize) * lanes.First * scale;
        }
    }
}
