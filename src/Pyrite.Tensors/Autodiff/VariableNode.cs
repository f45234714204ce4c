namespace Pyrite.Autodiff;

/// <summary>A tensor at which gradients end: a parameter, or the argument of a function being differentiated.</summary>
internal sealed class VariableNode : GradientNode
{
    public override bool IsLeaf => true;
}
