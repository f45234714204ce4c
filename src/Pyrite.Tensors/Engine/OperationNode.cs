namespace Pyrite.Engine;

/// <summary>The result of an operation on at least one tracked input.</summary>
internal sealed class OperationNode<TOperation> : GradientNode
    where TOperation : struct, IOperation
{
    private readonly TOperation operation;
    private readonly Tensor[] inputs;
    private readonly Tensor output;

    public OperationNode(in TOperation operation, Tensor[] inputs, Tensor output)
    {
        this.operation = operation;
        this.inputs = inputs;
        this.output = output;
        Order = OrderAfter(inputs);
        MayReadPart = operation is IPartOperation;
        CallSite = AnomalyMode.IsOn ? AnomalyMode.CallSite() : null;
    }

    public override string Name => operation.Name;

    public override string? CallSite { get; }

    public override ReadOnlySpan<Tensor> Inputs => inputs;

    public override Tensor Output => output;

    public override GradientReads Reads => operation.GradientReads;

    public override bool Silences => operation is ISilencer { Silences: true };

    public override Tensor? Pullback(Tensor upstream, int input)
    {
        Tensor? gradient = operation.Pullback(inputs, output, upstream, input);
        return SilentZeros.IsOn && gradient is not null && operation.EntryRank is { } rank ? SilentZeros.Keep(gradient, upstream, rank) : gradient;
    }

    public override GradientPart? Part(Tensor upstream) => operation is IPartOperation part ? part.Part(upstream, inputs[0].Shape) : null;
}
