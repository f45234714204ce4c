using System.Runtime.CompilerServices;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam with Nesterov's momentum.</summary>
/// <remarks>Dozat, "Incorporating Nesterov momentum into Adam" (2016); rounded as PyTorch's NAdam, with momentum μₜ = β₁ (1 - ½ · 0.96^(t ·
/// momentumDecay)).</remarks>
public sealed class NAdam : Optimizer
{
    private static readonly string[] Names = ["exp_avg", "exp_avg_sq"];

    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly double momentumDecay;
    private readonly UpdatePass<Rule> pass = new();

    /// <summary>An optimizer of the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="beta1">Decay of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">Keeps the divisor from vanishing.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    /// <param name="momentumDecay">How fast the momentum warms up.</param>
    public NAdam(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0,
        double momentumDecay = 4e-3)
        : this(null, learningRate, beta1, beta2, epsilon, weightDecay, momentumDecay)
    {
    }

    /// <summary>An optimizer of given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="NAdam(double, double, double, double, double, double)"/>
    public NAdam(
        IEnumerable<Parameter>? parameters, double learningRate = 2e-3, double beta1 = 0.9,
        double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
        : base(learningRate, parameters)
    {
        OptimizerArguments.Decay(beta1);
        OptimizerArguments.Decay(beta2);
        OptimizerArguments.NotNegative(epsilon);
        OptimizerArguments.NotNegative(weightDecay);
        OptimizerArguments.NotNegative(momentumDecay);
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
        this.momentumDecay = momentumDecay;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames => Names;

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        foreach (ref readonly ParameterUpdate update in updates)
        {
            pass.Add(update, RuleOf(update.State));
        }
        pass.Run();
    }

    private Rule RuleOf(ParameterState state)
    {
        long step = state.Step;
        if (state.MomentumProductStep != step - 1)
        {
            (state.MomentumProduct, state.MomentumProductStep) = (1, 0);
        }
        for (; state.MomentumProductStep < step; state.MomentumProductStep++)
        {
            state.MomentumProduct *= Momentum(state.MomentumProductStep + 1);
        }
        double now = Momentum(step);
        double next = Momentum(step + 1);
        return new Rule(
            Rate * (1 - now) / (1 - state.MomentumProduct), Rate * next / (1 - (state.MomentumProduct * next)),
            1 - Math.Pow(beta2, step), beta1, beta2, epsilon, weightDecay);
    }

    private double Momentum(long step) => beta1 * (1 - (0.5 * Math.Pow(0.96, step * momentumDecay)));

    private readonly record struct Rule(double GradientStep, double MomentumStep, double Correction, double Beta1, double Beta2, double Epsilon,
        double WeightDecay) : IUpdateRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
        {
            V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
            lanes.First += V.OfReal(1 - Beta1) * (g - lanes.First);
            lanes.Second = (lanes.Second * V.OfReal(Beta2)) + (V.OfReal(1 - Beta2) * (g * g));
            V divisor = V.Sqrt(lanes.Second / V.OfReal(Correction)) + V.OfReal(Epsilon);
            lanes.Parameter -= V.OfReal(GradientStep) * (g / divisor);
            lanes.Parameter -= V.OfReal(MomentumStep) * (lanes.First / divisor);
        }
    }
}
