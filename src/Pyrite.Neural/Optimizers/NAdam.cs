using System.Numerics;
using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam with Nesterov's momentum.</summary>
/// <remarks>Dozat, "Incorporating Nesterov momentum into Adam" (2016); rounded as PyTorch's NAdam, with momentum μₜ = β₁ (1 - ½ · 0.96^(t · momentumDecay)).</remarks>
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
    public NAdam(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
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

    private readonly record struct Rule(double GradientStep, double MomentumStep, double Correction, double Beta1, double Beta2, double Epsilon, double WeightDecay) : IUpdateRule
    {
        public void Run<T>(Span<T> parameter, ReadOnlySpan<T> gradient, Span<T> first, Span<T> second, Span<T> third)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            T gradientStep = T.CreateTruncating(GradientStep);
            T momentumStep = T.CreateTruncating(MomentumStep);
            T correction = T.CreateTruncating(Correction);
            T fresh1 = T.CreateTruncating(1 - Beta1);
            T beta2 = T.CreateTruncating(Beta2);
            T fresh2 = T.CreateTruncating(1 - Beta2);
            T epsilon = T.CreateTruncating(Epsilon);
            T decay = T.CreateTruncating(WeightDecay);
            for (int i = 0; i < parameter.Length; i++)
            {
                T g = gradient[i] + (decay * parameter[i]);
                first[i] += fresh1 * (g - first[i]);
                second[i] = (second[i] * beta2) + (fresh2 * (g * g));
                T divisor = T.Sqrt(second[i] / correction) + epsilon;
                parameter[i] -= gradientStep * (g / divisor);
                parameter[i] -= momentumStep * (first[i] / divisor);
            }
        }
    }
}
