namespace Pyrite.Language.Plates;

/// <summary>An open plate: marks the sites inside as independent along a batch dimension, or as one round of a loop, and scales them up to the full
/// size.</summary>
internal sealed class PlateHandler(PlateFrame frame, PlateSite site) : Handler
{
    private readonly PlateFrame[] alone = [frame];

    /// <summary>The plate's name, dimension and sizes.</summary>
    public PlateFrame Frame => frame;

    /// <summary>The plate's choice of indices.</summary>
    public PlateSite Site => site;

    /// <summary>Hidden sites have the shape that their plates give them, too.</summary>
    protected internal override bool SeesHiddenSites => true;

    protected internal override void Before(SampleSite inside)
    {
        inside.Surround(alone);
        if (frame.SubsampleSize != frame.Size)
        {
            inside.Scale *= (double)frame.Size / frame.SubsampleSize;
        }
    }

    protected internal override void Before(ParamSite inside) => inside.Surround(alone);

    protected internal override void Before(DeterministicSite inside) => inside.Surround(alone);
}
