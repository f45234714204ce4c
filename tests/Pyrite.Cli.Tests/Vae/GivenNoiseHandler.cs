namespace Pyrite.Cli.Tests;

/// <summary>Draws the latent as loc + scale · noise with noise from a golden file, so that losses and gradients can be compared.</summary>
internal sealed class GivenNoiseHandler(Tensor noise) : Handler
{
    protected override void Before(SampleSite site)
    {
        if (site.Name == "latent" && !site.HasValue && site.Distribution is Independent { Base: Normal latent })
        {
            site.Value = latent.Loc + (latent.Scale * noise);
        }
    }
}
