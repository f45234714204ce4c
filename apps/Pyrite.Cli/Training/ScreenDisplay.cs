using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pyrite.Cli.Training;

/// <summary>A table of epochs and, below it, a line on the batch under way, redrawn in place.</summary>
internal sealed class ScreenDisplay(int epochs, IAnsiConsole? console = null) : ITrainingDisplay
{
    private const int BarWidth = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly IAnsiConsole console = console ?? AnsiConsole.Console;
    private readonly Spectre.Console.Table table = new Spectre.Console.Table().RoundedBorder()
        .AddColumn(new TableColumn("epoch").RightAligned())
        .AddColumn(new TableColumn("training loss").RightAligned())
        .AddColumn(new TableColumn("test loss").RightAligned())
        .AddColumn(new TableColumn("images/s").RightAligned())
        .AddColumn(new TableColumn("time").RightAligned());

    private LiveDisplayContext? live;
    private long lastDrawn;

    public T Around<T>(Func<T> training) => console.Live(View("starting")).AutoClear(false).Start(context =>
    {
        live = context;
        T result = training();
        context.UpdateTarget(table);
        return result;
    });

    public void BatchDone(in BatchProgress progress)
    {
        // Drawing takes about a millisecond; ten times per second is live enough.
        if (Stopwatch.GetElapsedTime(lastDrawn) < Pause)
        {
            return;
        }

        lastDrawn = Stopwatch.GetTimestamp();
        int filled = (int)((long)BarWidth * progress.Batch / Math.Max(progress.Batches, 1));
        string bar = $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]";
        live?.UpdateTarget(View(string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {progress.Epoch + 1}/{epochs} {bar} batch {progress.Batch}/{progress.Batches}  "
                + $"loss {progress.RunningLoss:F2}  {progress.ImagesPerSecond:N0} images/s  {Left(progress.SecondsLeft)} left")));
    }

    public void EpochDone(EpochResult epoch)
    {
        table.AddRow(
            epoch.Epoch.ToString(CultureInfo.InvariantCulture),
            epoch.TrainingLoss.ToString("F2", CultureInfo.InvariantCulture),
            epoch.TestLoss?.ToString("F2", CultureInfo.InvariantCulture) ?? "-",
            (epoch.Images / epoch.Seconds).ToString("N0", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{epoch.Seconds:F1} s"));
        lastDrawn = 0;
    }

    private static string Left(double seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Min(seconds, 359_999) : 0);
        return time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }

    private IRenderable View(string status) => new Rows(table, new Markup(status));
}
