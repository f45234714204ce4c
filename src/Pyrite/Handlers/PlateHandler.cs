namespace Pyrite.Handlers;

/// <summary>An open plate: marks the sites inside as independent along a batch dimension and scales them up to the full size.</summary>
internal sealed class PlateHandler(PlateFrame frame) : Handler
{
    /// <summary>The plate's name, dimension and sizes.</summary>
    public PlateFrame Frame => frame;

    protected internal override void Before(SampleSite site)
    {
        site.PlateFrames.Insert(0, frame);
        if (frame.SubsampleSize != frame.Size)
        {
            site.Scale *= (double)frame.Size / frame.SubsampleSize;
        }
    }

    protected internal override void Before(ParamSite site) => site.PlateFrames.Insert(0, frame);

    protected internal override void Before(DeterministicSite site) => site.PlateFrames.Insert(0, frame);
}
