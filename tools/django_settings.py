"""Django's settings as type checking and `makemigrations` need them; a casebook configures its own at run time."""

SECRET_KEY = "not used"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["cenotaph.casebook.apps.CasebookConfig"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
