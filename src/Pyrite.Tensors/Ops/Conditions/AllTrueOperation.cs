using Pyrite.Engine;

namespace Pyrite.Ops.Conditions;

/// <summary>Whether all verdicts are true, as a Bool scalar.</summary>
internal readonly record struct AllTrueOperation : IOperation, IConjunction
{
    public string Name => "all";

    /// <summary>The verdict over a Bool tensor.</summary>
    public static Tensor Of(Tensor verdicts) => Executor.Apply(default(AllTrueOperation), new TensorSpec(Shape.Scalar, DType.Bool), verdicts);

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => output.Write<bool>()[0] = !inputs[0].Read<bool>().Contains(false);

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}
