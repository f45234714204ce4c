namespace Pyrite.Programs;

/// <summary>Where the gradient of an operation's input goes, in a form that two steps can compare: to the result of a node of this step, or to one of
/// the special places.</summary>
/// <param name="Node">The node of this step whose gradient rule applies; negative for the special places.</param>
/// <remarks>It need not be the node that computed the value: a detached result has none, a layout change passes on its input's.</remarks>
internal readonly record struct GradientTarget(int Node)
{
    /// <summary>Nowhere: the input is not tracked.</summary>
    public static GradientTarget None => new(-1);

    /// <summary>To a variable from outside of the step.</summary>
    public static GradientTarget Variable => new(-2);

    /// <summary>To a graph of which the step does not know how it came about.</summary>
    public static GradientTarget Foreign => new(-3);

    /// <summary>Whether it is the result of a node of this step.</summary>
    public bool IsNode => Node >= 0;

    /// <summary>The target for a tensor.</summary>
    public static GradientTarget Of(Tensor input, Recorder recorder)
    {
        if (!input.RequiresGradient)
        {
            return None;
        }
        bool isOwn = ReferenceEquals(input.Recorder, recorder);
        if (isOwn && input.NodeIndex >= 0)
        {
            return new GradientTarget(input.NodeIndex);
        }
        return !isOwn && input.IsVariable ? Variable : Foreign;
    }
}
