namespace Pyrite.Extensions.Inference;

/// <summary>Moves the logarithm of the step size by the error of the acceptance, over the root of the number of transitions.</summary>
internal sealed class RobbinsMonro : StepSizeAdaptation
{
    public override int StateSize => 2;

    public override void Restart(Span<double> state, double stepSize) => (state[0], state[1]) = (Math.Log(stepSize), 0);

    public override void Update(Span<double> state, double acceptanceProbability, double target)
    {
        state[1]++;
        state[0] += ((double.IsNaN(acceptanceProbability) ? 0 : Math.Min(1, acceptanceProbability)) - target) / Math.Sqrt(state[1]);
    }

    public override double Current(ReadOnlySpan<double> state) => Math.Exp(state[0]);

    public override double Settled(ReadOnlySpan<double> state) => Math.Exp(state[0]);

    public override string ToString() => "Robbins-Monro";
}
