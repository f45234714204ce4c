namespace Pyrite.Engine;

/// <summary>A tensor at which gradients end: a parameter, or the argument of a function being differentiated.</summary>
internal sealed class VariableNode(Parameter? parameter = null) : GradientNode
{
    /// <summary>The parameter whose value this is; null for other variables.</summary>
    public Parameter? Parameter => parameter;

    public override bool IsLeaf => true;
}
