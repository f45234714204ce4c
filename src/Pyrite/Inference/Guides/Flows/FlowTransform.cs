namespace Pyrite.Inference.Guides.Flows;

/// <summary>A flow as a transform: the volume change that came with the last image is remembered.</summary>
internal sealed class FlowTransform(Flow flow) : Transform
{
    private (Tensor X, Tensor Y, Tensor LogChange)? last;

    public override Constraint Domain => Constraints.RealVector;

    public override Constraint Codomain => Constraints.RealVector;

    public override Tensor Forward(Tensor x)
    {
        (Tensor y, Tensor change) = flow.Forward(x);
        last = (x, y, change);
        return y;
    }

    public override Tensor Inverse(Tensor y) => last is { } known && ReferenceEquals(known.Y, y) ? known.X : flow.Inverse(y);

    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        Tensor change = last is { } known && ReferenceEquals(known.X, x) && ReferenceEquals(known.Y, y) ? known.LogChange : flow.Forward(x).LogChange;
        return change.Shape == x.Shape[..^1] ? change : change.BroadcastTo(x.Shape[..^1]);
    }
}
