namespace Pyrite.Engine;

/// <summary>An operation whose result shares the memory of its only input: another shape over the same elements.</summary>
internal interface IAliasOperation : IOperation
{
    GradientReads IOperation.GradientReads => GradientReads.None;

    void IOperation.Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => output.PointTo(inputs[0], 0);
}
