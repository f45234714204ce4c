namespace Pyrite.Engine;

/// <summary>Stands for the node of a replayed operation until a backward pass asks for it.</summary>
internal sealed class DeferredNode : GradientNode
{
    /// <summary>The only one.</summary>
    public static readonly DeferredNode Instance = new();

    private DeferredNode()
    {
    }
}
