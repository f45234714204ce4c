using System.Numerics;
using Pyrite.Runs;

namespace Pyrite.Operations;

/// <summary>The gradient of a solve for its first block of numbers.</summary>
/// <param name="Forward">The solve.</param>
/// <remarks>Inputs: the two blocks, and the gradient for the result of the solve. The run is taken from the solve where it is still there, else it is
/// run again, to the same bits.</remarks>
internal readonly record struct OdeGradientOperation(OdeOperation Forward) : ITensorOperation
{
    public string Name => "gradient of a differential equation";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SolveRoom room = SolveRoom.Take(Forward.System, Forward.Settings);
        ReadOnlySpan<double> tracked = Numbers.Of(inputs[0]), upstream = Numbers.Of(inputs[2]);
        ReadOnlySpan<double> outcome = room.Run.Solve(tracked, Numbers.Of(inputs[1]), Forward.Times);
        int outputs = Forward.Times * Forward.System.Size;
        double[] gradients = room.Gradients(tracked.Length);
        if (outcome[outputs + RunReport.Status] <= (double)OdeStatus.EndedByEvent)
        {
            room.BackOf(Forward.Gradient).Run(tracked, outcome[..outputs], upstream[..outputs], upstream[outputs + RunReport.Time], gradients);
        }
        else
        {
            Array.Fill(gradients, double.NaN);
        }
        Numbers.Copy(gradients, result);
        room.Return();
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        throw new NotSupportedException(
            "Ode.Solve: the gradient of a gradient was asked for, which discrete and adjoint gradients do not have. Solve with "
                + "OdeGradient.Forward, whose gradients are solutions themselves and have gradients of any order.");
}
