using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Adam: steps scaled by running means of the gradient and of its square.</summary>
/// <remarks>Kingma and Ba, "Adam: a method for stochastic optimization" (2015); the step is rate/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε), rounded as
/// PyTorch's. With AMSGrad the running maximum of v takes its place (Reddi, Kale and Kumar 2018). All parameters are updated in one fused
/// pass.</remarks>
public sealed class Adam : Optimizer
{
    private readonly double beta1;
    private readonly double beta2;
    private readonly double epsilon;
    private readonly double weightDecay;
    private readonly bool amsGrad;
    private readonly UpdatePass<AdamRule> pass = new();

    /// <summary>Adam for the parameters that <see cref="Optimizer.Update"/> will name.</summary>
    /// <param name="learningRate">The rate.</param>
    /// <param name="beta1">Decay of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients, in [0, 1).</param>
    /// <param name="epsilon">Added to the divisor.</param>
    /// <param name="weightDecay">Weight of the parameter added to its gradient.</param>
    /// <param name="amsGrad">Whether the second moment never falls.</param>
    public Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0,
        bool amsGrad = false)
        : this(null, learningRate, beta1, beta2, epsilon, weightDecay, amsGrad)
    {
    }

    /// <summary>Adam for given <paramref name="parameters"/>, so that <see cref="Optimizer.Step"/> can be called.</summary>
    /// <inheritdoc cref="Adam(double, double, double, double, double, bool)"/>
    public Adam(
        IEnumerable<Parameter>? parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0, bool amsGrad = false)
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
                rule = AdamRule.At(step, Rate, beta1, beta2, epsilon, weightDecay: weightDecay, shrink: 1, amsGrad);
            }
            pass.Add(update, rule);
        }
        pass.Run();
    }
}
