using System.Numerics;
using Pyrite.Engine;

namespace Pyrite.Ops.Extending;

/// <summary>An operation that somebody has written.</summary>
/// <remarks>Inputs: all of the output's type, row-major.</remarks>
internal readonly record struct OpenOperation<TOperation>(TOperation Operation) : IOperation
    where TOperation : struct, ITensorOperation, IEquatable<TOperation>
{
    public string Name => Operation.Name;

    public int? EntryRank => Operation.EntryRank;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        if (output.DType == DType.Float32)
        {
            Run<float>(inputs, output);
        }
        else
        {
            Run<double>(inputs, output);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        GradientShape.Check(Operation.Pullback(inputs, output, upstream, input), Name, inputs[input].Shape, input)?.To(inputs[input].DType);

    private void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> result = output.Write<T>();
        result.Clear();
        Operation.Compute(new OperationInputs<T>(inputs), result);
    }
}
