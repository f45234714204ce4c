using System.Runtime.CompilerServices;

namespace Pyrite.Optimizers;

/// <summary>One step of Adam, its moments and the parameter in a single pass, rounded in PyTorch's order; with or without decoupled weight decay and
/// AMSGrad.</summary>
/// <remarks>p = p·Shrink - StepSize · m / (√v / Correction + Epsilon), after g = g + WeightDecay·p, m = m + (1 - β₁)(g - m) and v = β₂ v + (1 - β₂)
/// g².</remarks>
/// <param name="StepSize">Learning rate over 1 - β₁ᵗ.</param>
/// <param name="Correction">√(1 - β₂ᵗ).</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="Epsilon">Keeps the divisor from vanishing.</param>
/// <param name="WeightDecay">Weight of the parameter added to its gradient.</param>
/// <param name="Shrink">Factor on the parameter before the step.</param>
/// <param name="AmsGrad">Whether the running maximum of v, the third remembered tensor, takes its place.</param>
internal readonly record struct AdamRule(
    double StepSize, double Correction, double Beta1, double Beta2, double Epsilon, double WeightDecay, double Shrink, bool AmsGrad) : IUpdateRule
{
    /// <summary>Names of the remembered tensors, as PyTorch's.</summary>
    public static IReadOnlyList<string> StateNames(bool amsGrad) => amsGrad ? ["exp_avg", "exp_avg_sq", "max_exp_avg_sq"] : ["exp_avg", "exp_avg_sq"];

    /// <summary>The rule of a given step, counted from 1.</summary>
    public static AdamRule At(long step, double rate, double beta1, double beta2, double epsilon, double weightDecay, double shrink, bool amsGrad) =>
        new(rate / (1 - Math.Pow(beta1, step)), Math.Sqrt(1 - Math.Pow(beta2, step)), beta1, beta2, epsilon, weightDecay, shrink, amsGrad);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step<V>(ref UpdateLanes<V> lanes) where V : unmanaged, ISimd<V>
    {
        V g = lanes.Gradient + (V.OfReal(WeightDecay) * lanes.Parameter);
        V m = lanes.First + (V.OfReal(1 - Beta1) * (g - lanes.First));
        V v = (lanes.Second * V.OfReal(Beta2)) + (V.OfReal(1 - Beta2) * (g * g));
        lanes.First = m;
        lanes.Second = v;
        if (AmsGrad)
        {
            v = V.Larger(lanes.Third, v);
            lanes.Third = v;
        }
        lanes.Parameter =
            (lanes.Parameter * V.OfReal(Shrink)) - (V.OfReal(StepSize) * (m / ((V.Sqrt(v) / V.OfReal(Correction)) + V.OfReal(Epsilon))));
    }
}
