using System.Numerics;
using Pyrite.Runs;
using Pyrite.Stepping;
using Pyrite.Systems;

namespace Pyrite.Operations;

/// <summary>Solves a differential equation.</summary>
/// <param name="System">The equation.</param>
/// <param name="Settings">The method.</param>
/// <param name="Gradient">How gradients are made.</param>
/// <param name="Times">How many outputs there are.</param>
/// <param name="IsRefusing">Whether a failure is an error here; else the report tells of it.</param>
/// <remarks>Inputs: the two blocks of <see cref="OdeSystem"/>. Result: the outputs, one after the other, and then <see cref="RunReport"/>.</remarks>
internal readonly record struct OdeOperation(OdeSystem System, StepSettings Settings, OdeGradient Gradient, int Times, bool IsRefusing)
    : ITensorOperation
{
    public string Name => "solution of a differential equation";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [(Times * System.Size) + RunReport.Count];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SolveRoom room = SolveRoom.Take(System, Settings);
        ReadOnlySpan<double> outcome = room.Run.Solve(Numbers.Of(inputs[0]), Numbers.Of(inputs[1]), Times);
        Numbers.Copy(outcome, result);
        room.Return();
        ReadOnlySpan<double> report = outcome[(Times * System.Size)..];
        if (IsRefusing && report[RunReport.Status] > (double)OdeStatus.EndedByEvent)
        {
            throw new SolveVerdict(Settings).Refusal(report);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input > 0 ? null
        : Gradient == OdeGradient.Forward ? Sensitivities.Pullback(this, inputs, upstream)
        : Tensor.Apply(new OdeGradientOperation(this), inputs[0], inputs[1], upstream);
}
