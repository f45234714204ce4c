namespace Pyrite.Cli.Training;

/// <summary>What a training run tells <c>pyrite explore</c> while it goes on: numbers of batches and epochs, weights after each epoch.</summary>
/// <remarks>Where they cannot be written the run goes on; what is saved at its end counts.</remarks>
internal sealed class RunEvents(OutputFolder folder) : IDisposable
{
    private readonly RunLog? log = Begin(folder);

    public void BatchDone(in BatchProgress progress) => log?.Write("batch", isImportant: false,
        ("epoch", progress.Epoch), ("batch", progress.Batch), ("batches", progress.Batches), ("loss", progress.RunningLoss),
        ("images_per_second", progress.ImagesPerSecond), ("seconds_left", progress.SecondsLeft));

    /// <param name="epoch">What the epoch gave.</param>
    /// <param name="vae">What it has learnt; null after the last one, when all is saved anyway.</param>
    public void EpochDone(EpochResult epoch, Vae? vae)
    {
        log?.Write("epoch", isImportant: true, ("epoch", epoch.Epoch), ("training_loss", epoch.TrainingLoss),
            ("test_loss", epoch.TestLoss ?? double.NaN), ("images_per_second", epoch.Images / epoch.Seconds));
        if (vae is null)
        {
            return;
        }
        try
        {
            VaeWeights.Save(vae, folder.PathOf(VaeWeights.FileName));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The plane of the explorer stays as it was.
        }
    }

    public void Ended() => log?.Write("end", isImportant: true);

    public void Dispose() => log?.Dispose();

    private static RunLog? Begin(OutputFolder folder)
    {
        try
        {
            return new RunLog(folder.Path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
