namespace Pyrite.Programs.Compiled;

/// <summary>One element of an array of Float64 numbers, by its place in memory.</summary>
internal readonly record struct ElementOperation(int Place) : IProgramOperation
{
    public string Name => "element";

    public NodeKind Kind => NodeKind.Element;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => output.Write<double>()[0] = inputs[0].Read<double>()[Place];

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}
