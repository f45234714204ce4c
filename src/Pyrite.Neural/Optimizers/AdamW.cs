using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam whose weight decay shrinks the parameters directly instead of entering the moments.</summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization" (2019): each parameter is multiplied by 1 - rate · weightDecay before
/// Adam's step. Rounded as PyTorch's.</remarks>
public sealed class AdamW : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly bool amsGrad;
    private readonly UpdatePass<AdamRule> pass = new();

    /// <summary>AdamW for the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="beta1">Decay of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">Added to the divisor.</param>
    /// <param name="weightDecay">How fast parameters shrink, relative to the rate.</param>
    /// <param name="amsGrad">Whether the second moment never falls.</param>
    public AdamW(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 1e-2,
        bool amsGrad = false)
        : this(null, learningRate, beta1, beta2, epsilon, weightDecay, amsGrad)
    {
    }

    /// <summary>AdamW for given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="AdamW(double, double, double, double, double, bool)"/>
    public AdamW(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 1e-2, bool amsGrad = false)
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
        this.amsGrad = amsGrad;
        StateNames = AdamRule.StateNames(amsGrad);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; }

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<ParameterUpdate> updates)
    {
        // Nearly all parameters have been updated equally often: the powers in the rule are taken once for them.
        long step = 0;
        AdamRule rule = default;
        foreach (ref readonly ParameterUpdate update in updates)
        {
            if (update.State.Step != step)
            {
                step = update.State.Step;
                rule = AdamRule.At(step, Rate, beta1, beta2, epsilon, weightDecay: 0, shrink: 1 - (Rate * weightDecay), amsGrad);
            }
            pass.Add(update, rule);
        }
        pass.Run();
    }
}
