using System.Globalization;

namespace Pyrite.Cli.Training;

/// <summary>A table of epochs and, below it, a bar of the epoch under way, redrawn in place.</summary>
internal sealed class ScreenDisplay(int epochs, TextWriter output) : ITrainingDisplay
{
    private readonly LiveTable table = new(["epoch", "training loss", "test loss", "images/s", "time"], ProgressStyle.Live, output);

    public T Around<T>(Func<T> training)
    {
        try
        {
            return training();
        }
        finally
        {
            table.End();
        }
    }

    public void BatchDone(in BatchProgress progress) => table.Show(
        $"epoch {progress.Epoch + 1}/{epochs}",
        (double)progress.Batch / Math.Max(progress.Batches, 1),
        $"batch {progress.Batch}/{progress.Batches}  loss {progress.RunningLoss:F2}  {progress.ImagesPerSecond:N0} images/s  "
            + $"{Left(progress.SecondsLeft)} left");

    public void EpochDone(EpochResult epoch) => table.AddRow(
        $"{epoch.Epoch}",
        $"{epoch.TrainingLoss:F2}",
        epoch.TestLoss is { } loss ? $"{loss:F2}" : "-",
        $"{epoch.Images / epoch.Seconds:N0}",
        $"{epoch.Seconds:F1} s");

    private static string Left(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Min(seconds, 359_999) : 0);
        return time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }
}
