using System.Diagnostics;
using Pyrite.Cli.Pictures;
using Pyrite.Cli.Sharing;
using Pyrite.Plotting;

namespace Pyrite.Cli.Training;

/// <summary>Trains the autoencoder epoch by epoch and tests it after each.</summary>
internal sealed class VaeTraining
{
    private const string ReportFile = "report.html";

    private readonly TrainingSettings settings;
    private readonly Mnist mnist;
    private readonly Ranks ranks;
    private readonly OutputFolder? checkpoints;
    private readonly DataLoader training;
    private readonly DataLoader test;
    private readonly Svi<Tensor> svi;
    private readonly List<double> losses = [];
    private readonly List<EpochResult> results = [];
    private EpochSums sums;

    /// <summary>Sets up a training run.</summary>
    /// <param name="settings">What the user chose.</param>
    /// <param name="mnist">The digits.</param>
    /// <param name="ranks">The processes that share the steps.</param>
    /// <param name="checkpoints">Where checkpoints go; null where there are none, or another process writes them.</param>
    public VaeTraining(TrainingSettings settings, Mnist mnist, Ranks ranks, OutputFolder? checkpoints)
    {
        this.settings = settings;
        this.mnist = mnist;
        this.ranks = ranks;
        this.checkpoints = checkpoints;
        training = new DataLoader(mnist.Train, settings.BatchSize, shuffle: true, seed: (ulong)settings.Seed);
        test = new DataLoader(mnist.Test, settings.BatchSize);
        svi = new Svi<Tensor>(Vae.Model, Vae.Guide, new Adam(settings.LearningRate), new TraceElbo(), seed: (ulong)settings.Seed)
        {
            Sharding = settings.Shards is { } count ? Shards.Of(count, ranks.Group) : null,
        };
    }

    public Vae Vae { get; } = new();

    /// <summary>Whether the run was asked to stop before its end.</summary>
    public bool IsInterrupted { get; private set; }

    private int BatchesAnEpoch => Math.Min(training.BatchCount, settings.BatchesPerEpoch ?? int.MaxValue);

    /// <summary>Goes on from the checkpoint of the folder.</summary>
    /// <param name="before">What stands beside it; null where there is none.</param>
    /// <returns>A line that says so.</returns>
    public string Resume(TrainingProgress? before)
    {
        string path = Checkpoint.PathIn(settings.Output);
        if (!svi.Resume(path, training) || before is null)
        {
            return $"There is no checkpoint in {settings.Output}: starting anew.";
        }
        results.AddRange(before.Epochs);
        sums = new EpochSums(before.Loss, before.Images, before.Seconds);
        LoaderPosition next = training.Position;
        if (next.Epoch < settings.Epochs)
        {
            return $"Going on from the checkpoint in {settings.Output}: epoch {next.Epoch}, batch {next.Batch}, after {svi.StepCount} steps.";
        }

        // No step will show the parameters of the checkpoint, so a batch does.
        foreach ((Tensor x, _) in test)
        {
            svi.Restore(SviState.Load(path), x);
            break;
        }
        return $"All {next.Epoch} epochs were done already; --epochs {next.Epoch + 1} would go on.";
    }

    /// <summary>Runs all epochs that are left; a request to stop lets the batch under way finish and ends the run.</summary>
    /// <returns>One result per epoch, the interrupted one included if it had a batch.</returns>
    public IReadOnlyList<EpochResult> Run(ITrainingDisplay display, RunEvents? events)
    {
        if (results is [.., { TestLoss: null } untested])
        {
            results[^1] = untested with { TestLoss = Test() };
        }
        int first = training.Epoch;
        for (int epoch = first; epoch < settings.Epochs && (epoch == first || !(IsInterrupted = ranks.IsStopping)); epoch++)
        {
            bool isWhole = Train(epoch, display, events);
            IsInterrupted = ranks.IsStopping;
            EpochResult result = new(epoch, sums.Loss / sums.Images, !IsInterrupted ? Test() : null, sums.Images, sums.Seconds);
            results.Add(result);
            if (checkpoints is not null)
            {
                Checkpoint.Save(checkpoints, svi, training,
                    isWhole
                        ? new TrainingProgress(settings, svi.StepCount, results, 0, 0, 0)
                        : new TrainingProgress(settings, svi.StepCount, results[..^1], sums.Loss, sums.Images, sums.Seconds));
            }
            sums = default;
            display.EpochDone(result);
            events?.EpochDone(result, epoch + 1 < settings.Epochs && !IsInterrupted ? Vae : null);
        }

        events?.Ended();
        return results;
    }

    /// <summary>Writes weights, record, loss curve and pictures, the weights first.</summary>
    public void Save(OutputFolder folder, RunRecord record)
    {
        folder.Save(VaeWeights.FileName, path => VaeWeights.Save(Vae, path));
        folder.WriteText("run.json", record.ToJson());
        Chart chart = LossChart.Of(record.Epochs);
        folder.Save("loss.png", path => chart.SavePng(path));
        folder.Save("loss.svg", path => chart.SaveSvg(path));
        new VaePictures(Vae, mnist.Test).Save(folder);
        if (settings.WithReport)
        {
            folder.Save(ReportFile, path => SaveReport(folder, path));
        }
    }

    /// <summary>Writes a page with the losses of all steps, per image.</summary>
    private void SaveReport(OutputFolder folder, string path)
    {
        SviResult fit = new(losses, IsInterrupted ? SviStopReason.Cancelled : SviStopReason.Completed, svi.SkippedCount, []);
        (string Name, string File)[] pictures =
        [
            ("Loss of the epochs, per image", "loss.png"), ("What the latent plane decodes to", VaePictures.LatentGridFile),
            ("Test digits, and decoded again", VaePictures.ReconstructionsFile), ("Where test digits lie", VaePictures.LatentMeansFile),
        ];
        (string Name, byte[] Png)[] drawn = [.. pictures.Where(one => File.Exists(folder.PathOf(one.File)))
            .Select(one => (one.Name, File.ReadAllBytes(folder.PathOf(one.File))))];
        foreach ((Tensor x, _) in test)
        {
            svi.SaveReport(path, fit, x, title: "A variational autoencoder of digits", pictures: drawn);
            return;
        }
    }

    /// <summary>Takes the steps of an epoch that are left.</summary>
    /// <returns>Whether the epoch is complete.</returns>
    private bool Train(int epoch, ITrainingDisplay display, RunEvents? events)
    {
        EpochSums before = sums;
        long start = Stopwatch.GetTimestamp();
        int batch = training.Position.Batch, done = 0;
        foreach ((double ofStep, int images) in Steps())
        {
            losses.Add(ofStep / images);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            sums = new EpochSums(sums.Loss + ofStep, sums.Images + images, before.Seconds + seconds);
            batch++;
            done++;
            double batchesLeft = ((double)(settings.Epochs - epoch) * BatchesAnEpoch) - batch;
            BatchProgress progress = new(
                epoch, batch, BatchesAnEpoch, sums.Loss / sums.Images, (sums.Images - before.Images) / seconds, batchesLeft * seconds / done);
            display.BatchDone(progress);
            events?.BatchDone(progress);
            if (batch == BatchesAnEpoch || ranks.IsStopping)
            {
                break;
            }
        }
        if (batch < BatchesAnEpoch)
        {
            return false;
        }

        // Also where an epoch is cut short on purpose, the next one follows.
        training.Epoch = epoch + 1;
        return true;
    }

    /// <summary>Takes steps for as long as they are asked for: loss and number of images of each, those of all ranks together.</summary>
    private IEnumerable<(double Loss, int Images)> Steps()
    {
        if (svi.Sharding is not { } sharding)
        {
            foreach ((Tensor x, _) in training)
            {
                yield return (svi.Step(x), x.Shape[0]);
            }
            yield break;
        }
        foreach (Sharded<Batch> batch in training.For(sharding))
        {
            yield return (svi.Step(batch.Select(part => part[0])), batch.Rows);
        }
    }

    private double Test()
    {
        double loss = 0;
        int images = 0;
        foreach ((Tensor x, _) in test.Take(settings.BatchesPerEpoch ?? int.MaxValue))
        {
            // A last batch that is too small for the shards is computed whole, by every rank.
            loss += svi.Sharding is { } sharding && x.Shape[0] >= sharding.Count ? svi.Evaluate(sharding.Cut(x)) : svi.Evaluate(x);
            images += x.Shape[0];
        }

        return loss / images;
    }

    /// <summary>What an epoch has added up so far.</summary>
    private readonly record struct EpochSums(double Loss, int Images, double Seconds);
}
