using Pyrite.Inference.Reports;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Pages that tell of runs: one file of HTML each, which needs nothing from anywhere.</summary>
public static class ReportExtensions
{
    extension(McmcResult result)
    {
        /// <summary>Writes a page that tells of the run: advice, summary, traces, ranks, densities, intervals and pairs to choose from; and with the
        /// model its graph, its data, and the data over draws from it.</summary>
        /// <param name="path">The file, <c>run.html</c>; an earlier one is replaced as a whole or not at all.</param>
        /// <param name="model">The model of the run; null to leave out what only it can tell.</param>
        /// <param name="title">What stands above.</param>
        /// <remarks>Beyond 100 numbers, or 240,000 draws of all of them, the page shows a part and says so; tables are of all.</remarks>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        /// <exception cref="ModelException">The model is another one.</exception>
        public void SaveReport(string path, Action? model = null, string title = "A posterior")
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            SynchronousModel.Require(model);
            ReportOfRun.Save(result, path, model, title);
        }
    }

    extension(Draws draws)
    {
        /// <summary>Writes a page that tells of draws: summary, traces, ranks, densities, intervals and pairs to choose from.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <param name="title">What stands above.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveReport(string path, string title = "Draws")
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            ReportOfRun.Save(draws, path, title);
        }
    }

    extension<T>(Svi<T> svi)
    {
        /// <summary>Writes a page that tells of a fit: advice, losses, settings with the seed, the graph of the model, its parameters, its data; the
        /// data over draws from the fit where there are few enough; and a posterior to look at.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <param name="fit">What the run gave.</param>
        /// <param name="data">What model and guide take: the data of the fit, or of one step of it.</param>
        /// <param name="posterior">Draws of the fit, of a guide or of <c>Svi.Predict</c>; null for none.</param>
        /// <param name="title">What stands above.</param>
        /// <param name="pictures">PNG files to show with their names; null for none.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        /// <exception cref="ModelException">The model is wrong for these data.</exception>
        /// <exception cref="InvalidOperationException">Another thread is using this inference.</exception>
        public void SaveReport(string path, SviResult fit, T data, Draws? posterior = null, string title = "A fit",
            IReadOnlyList<(string Name, byte[] Png)>? pictures = null)
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            ArgumentNullException.ThrowIfNull(svi);
            ArgumentNullException.ThrowIfNull(fit);
            ReportOfFit.Save(svi, fit, data, path, posterior, title, pictures ?? []);
        }
    }

    extension(SviResult fit)
    {
        /// <summary>Writes a page that tells of a fit: advice, losses, and a posterior to look at.</summary>
        /// <param name="path">The file; an earlier one is replaced as a whole or not at all.</param>
        /// <param name="posterior">Draws of the fit, of a guide or of <c>Svi.Predict</c>; null for none.</param>
        /// <param name="title">What stands above.</param>
        /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
        public void SaveReport(string path, Draws? posterior = null, string title = "A fit")
        {
            ArgumentException.ThrowIfNullOrEmpty(path);
            ReportOfFit.Save(fit, path, posterior, title);
        }
    }
}
